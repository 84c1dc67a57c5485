from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.python import (
    BranchPythonOperator,
    PythonOperator,
)
from airflow.sdk import DAG


def show(ti):
    print(ti.xcom_pull(task_ids="some"), ti.xcom_pull(task_ids="all"))


with DAG("results", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    some = BranchPythonOperator(task_id="some", python_callable=lambda: "a")
    every = BranchPythonOperator(
        task_id="all",
        python_callable=lambda: ["show"],
        trigger_rule="none_failed_min_one_success",
    )
    shown = PythonOperator(task_id="show", python_callable=show)
    some >> [EmptyOperator(task_id="a"), EmptyOperator(task_id="b")] >> every >> shown
