"""A factory: one DAG for each mart."""

from prefect import flow, task

from airflow_compat import TaskGraph
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
    def dag():
        with TaskGraph() as graph:
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
