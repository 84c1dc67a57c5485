from datetime import datetime

from prefect import flow

from airflow_compat import BaseOperator, TaskGraph, airflow_run, missing

PostgresHook = missing(
    "airflow.providers.postgres.hooks.postgres.PostgresHook", "DF601"
)


class Load(BaseOperator):
    def execute(self, context):
        PostgresHook().run("select 1")


class Plain(BaseOperator):
    def execute(self, context):
        print("plain")


@flow(name="loads", log_prints=True)
def loads(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        Load(task_id="load")
        Plain(task_id="plain")
    return graph.leaves


if __name__ == "__main__":
    loads()
