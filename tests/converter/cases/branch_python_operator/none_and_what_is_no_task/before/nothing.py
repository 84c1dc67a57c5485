from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import BranchPythonOperator

with DAG("nothing", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    none = BranchPythonOperator(task_id="none", python_callable=lambda: None)
    none >> [EmptyOperator(task_id="a"), EmptyOperator(task_id="b")]
    empty = BranchPythonOperator(task_id="empty", python_callable=lambda: [])
    empty >> EmptyOperator(task_id="c")
    wrong = BranchPythonOperator(task_id="wrong", python_callable=lambda: "nowhere")
    wrong >> EmptyOperator(task_id="d")
    number = BranchPythonOperator(task_id="number", python_callable=lambda: 3)
    number >> EmptyOperator(task_id="e", trigger_rule="all_failed")
    last = BranchPythonOperator(task_id="last", python_callable=lambda: "a")
