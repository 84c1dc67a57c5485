from datetime import datetime
from typing import Annotated, Literal

from prefect import flow, task
from pydantic import Field

from airflow_compat import airflow_run

LEAST = 1


@task
def show(params):
    print(params)


@flow(name="typed", log_prints=True)
def typed(
    plain=3,
    described="a",
    count: Annotated[int, Field(strict=True, ge=1, le=10)] = 3,
    share: Annotated[int, Field(strict=True, gt=0, lt=1)]
    | Annotated[float, Field(strict=True, gt=0, lt=1)] = 0.5,
    name: Annotated[str, Field(min_length=1, max_length=20)] = "orders",
    flag: Annotated[bool, Field(strict=True)] = True,
    maybe: Annotated[int, Field(strict=True)] | None = None,
    level: Literal["low", "high"] = "low",
    items: Annotated[list, Field(min_length=1)] | None = None,
    table: dict | None = None,
    logical_date: datetime | None = None,
):
    run = airflow_run(
        logical_date,
        params={
            "plain": plain,
            "described": described,
            "count": count,
            "share": share,
            "name": name,
            "flag": flag,
            "maybe": maybe,
            "level": level,
            "items": items,
            "table": table,
        },
    )
    show(params=run.params)


@flow(name="untyped", log_prints=True)
def untyped(
    code="a1",
    day="2024-01-01",
    either=1,
    number=1,
    listed=None,
    bare=1,
    logical_date: datetime | None = None,
):
    run = airflow_run(
        logical_date,
        params={
            "code": code,
            "day": day,
            "either": either,
            "number": number,
            "listed": listed,
            "bare": bare,
        },
    )
    show(params=run.params)


if __name__ == "__main__":
    typed()
    untyped()
