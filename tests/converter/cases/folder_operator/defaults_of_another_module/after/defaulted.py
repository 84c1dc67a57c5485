from datetime import datetime

from prefect import flow

from airflow_compat import BaseOperator, TaskGraph, airflow_run
from shared import defaults


class Load(BaseOperator):
    def execute(self, context):
        raise ValueError(context["ti"].try_number)


@flow(name="defaulted", log_prints=True)
def defaulted(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run, default_args=defaults(2)) as graph:
        Load(task_id="load")
    return graph.leaves


if __name__ == "__main__":
    defaulted()
