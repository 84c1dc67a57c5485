"""Helpers that make tasks in whatever DAG calls them."""

from prefect import task

from airflow_compat import TaskGraph, bash
from warehouse.common.callables import count_rows


def load_and_count(table, layer="raw"):
    """Make the two tasks of a table; the last of them is what others wait for."""
    load = TaskGraph.current().add(
        bash.with_options(
            name=f"load_{layer}_{table}", retries=1, retry_delay_seconds=1
        ),
        f"echo load {layer}.{table}",
    )
    count = TaskGraph.current().add(
        task(
            count_rows, name=f"count_{layer}_{table}", retries=1, retry_delay_seconds=1
        ),
        table=table,
        layer=layer,
    )
    load >> count
    return count
