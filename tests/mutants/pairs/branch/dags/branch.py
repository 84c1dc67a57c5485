from datetime import datetime

from airflow import DAG
from airflow.operators.python import BranchPythonOperator, PythonOperator


def pick_size(params):
    return "process_large" if params["count"] > 100 else "process_small"


def process_large():
    print("large")


def process_small():
    print("small")


def report():
    print("reported")


with DAG("branch", start_date=datetime(2023, 1, 1), schedule=None, params={"count": 150}) as dag:
    picked = BranchPythonOperator(task_id="pick_size", python_callable=pick_size)
    large = PythonOperator(task_id="process_large", python_callable=process_large)
    small = PythonOperator(task_id="process_small", python_callable=process_small)
    reported = PythonOperator(
        task_id="report", python_callable=report, trigger_rule="none_failed_min_one_success"
    )
    picked >> [large, small] >> reported
