"""Loads the tables of the warehouse with the helpers of `common`."""

from prefect import flow, task

from airflow_compat import TaskGraph
from warehouse.common.builders import load_and_count
from warehouse.common.callables import archive
from warehouse.common.settings import LAYERS


@flow(name="warehouse_ingest", log_prints=True)
def warehouse_ingest():
    with TaskGraph() as graph:
        archived = graph.add(
            task(archive, name="archive", retries=1, retry_delay_seconds=1),
            ["orders", "customers"],
        )
        for layer in LAYERS:
            load_and_count("orders", layer) >> archived
        load_and_count("customers") >> archived
    return graph.leaves


if __name__ == "__main__":
    warehouse_ingest()
