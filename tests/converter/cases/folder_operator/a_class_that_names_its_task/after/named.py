import os
from datetime import datetime

from prefect import flow

from airflow_compat import BaseOperator, TaskGraph, airflow_run

RETRIES = int(os.environ.get("RETRIES", "1"))


class Load(BaseOperator):
    def __init__(self, table, **kwargs):
        kwargs["task_id"] = f"load_{table}"
        super().__init__(retry_delay=0.0, **kwargs)
        self.table = table

    def execute(self, context):
        if context["ti"].try_number < 2:
            raise ValueError("again")
        return self.table


@flow(name="named", log_prints=True)
def named(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        first = Load(table="orders", retries=RETRIES)
        second = Load(table="users", **{"retries": RETRIES})
        first >> second
    return graph.leaves


if __name__ == "__main__":
    named()
