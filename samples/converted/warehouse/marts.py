"""A factory: one DAG for each mart."""

from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run
from warehouse.common.callables import count_rows

MARTS = [
    {"id": "mart_sales", "schedule": "0 3 * * *", "tables": ["orders", "returns"]},
    {"id": "mart_people", "schedule": None, "tables": ["staff"]},
]


def make_mart(config):
    @task(name="done", retries=1, retry_delay_seconds=1)
    def done_task():
        """Marks a place in the graph and does nothing."""

    @flow(name=config["id"], log_prints=True)
    def dag(logical_date: datetime | None = None):
        run = airflow_run(logical_date, schedule=config["schedule"])
        with TaskGraph(run) as graph:
            done = graph.add(done_task)
            for table in config["tables"]:
                counted = graph.add(
                    task(
                        count_rows,
                        name=f"count_{table}",
                        retries=1,
                        retry_delay_seconds=1,
                    ),
                    table,
                )
                counted >> done
        return graph.leaves

    return dag


for config in MARTS:
    globals()[config["id"]] = make_mart(config)
