"""Asks how fresh the tables are, with task functions of `common`."""

from prefect import flow

from airflow_compat import TaskGraph
from warehouse.common.checks import decide, freshness


@flow(name="warehouse_quality", log_prints=True)
def warehouse_quality():
    with TaskGraph() as graph:
        orders = graph.add(
            freshness.with_options(retries=1, retry_delay_seconds=1),
            "orders",
            unique=True,
        )
        customers = graph.add(
            freshness.with_options(retries=1, retry_delay_seconds=1),
            "customers",
            unique=True,
        )
        graph.add(
            decide.with_options(name="verdict", retries=1, retry_delay_seconds=1),
            [orders, customers],
        )
    return graph.leaves


if __name__ == "__main__":
    warehouse_quality()
