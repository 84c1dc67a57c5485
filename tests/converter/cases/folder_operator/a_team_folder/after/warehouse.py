from datetime import datetime, timedelta

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run
from common.factory import table_tasks
from common.operators import CountTable, Report

DEFAULTS = {
    "owner": "team",
    "retries": 1,
    "retry_delay": timedelta(seconds=0),
    "warehouse": "of_default_args",
}
TABLES = ["orders", "users"]


def summary(ds, **context):
    print(ds, context["ti"].xcom_pull(task_ids="count_orders", key="table"))
    return "done"


@task(name="start", retries=1, retry_delay_seconds=0)
def start_task():
    """Marks a place in the graph and does nothing."""


@flow(name="warehouse", log_prints=True)
def warehouse(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run, default_args=DEFAULTS) as dag:
        start = dag.add(start_task)
        end = Report(
            task_id="report",
            title="The tables",
            python_callable=summary,
            trigger_rule="none_failed",
        )
        for table in TABLES:
            copied = table_tasks(table, dag, retries=0)
            start >> copied >> end

        # Nothing has lines of its own.
        empty = CountTable(task_id="empty", table="nothing", least=1)
        empty >> end
    return dag.leaves


if __name__ == "__main__":
    warehouse()
