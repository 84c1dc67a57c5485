from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.empty import EmptyOperator

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


dag = DAG(
    "warehouse",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    catchup=False,
    default_args=DEFAULTS,
)

start = EmptyOperator(task_id="start", dag=dag)
end = Report(
    task_id="report",
    title="The tables",
    python_callable=summary,
    trigger_rule="none_failed",
    dag=dag,
)
for table in TABLES:
    copied = table_tasks(table, dag, retries=0)
    start >> copied >> end

# Nothing has lines of its own.
empty = CountTable(task_id="empty", table="nothing", least=1, dag=dag)
empty >> end
