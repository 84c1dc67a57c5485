from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import BranchPythonOperator

with DAG("reached", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    pick = BranchPythonOperator(task_id="pick", python_callable=lambda: "work")
    work = EmptyOperator(task_id="work")
    more = EmptyOperator(task_id="more")
    report = EmptyOperator(task_id="report")
    other = EmptyOperator(task_id="other", trigger_rule="all_done")
    pick >> [work, report, other]
    work >> more >> report
