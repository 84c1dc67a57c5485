"""The flow that gets deployed: a date that is left out is today's."""

from prefect import flow


@flow(log_prints=True)
def daily(date: str | None = None):
    from datetime import datetime

    given = date is not None
    date = date or datetime.now().strftime("%Y-%m-%d")
    print(f"running for {date}")
    return given, len(date)


print(daily(), daily("2024-01-31"))
