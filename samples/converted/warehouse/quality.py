"""Asks how fresh the tables are, with task functions of `common`."""

from prefect import flow

from warehouse.common.checks import decide, freshness


@flow(name="warehouse_quality", log_prints=True)
def warehouse_quality():
    orders = freshness.with_options(retries=1, retry_delay_seconds=1).submit("orders")
    customers = freshness.with_options(
        name="freshness__1", retries=1, retry_delay_seconds=1
    ).submit("customers")
    verdict = decide.with_options(
        name="verdict", retries=1, retry_delay_seconds=1
    ).submit([orders, customers])
    return [verdict]


if __name__ == "__main__":
    warehouse_quality()
