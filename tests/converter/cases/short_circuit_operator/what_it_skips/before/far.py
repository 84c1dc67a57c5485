from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python_operator import PythonOperator, ShortCircuitOperator


def other():
    print("other")


with DAG("far", start_date=datetime(2024, 1, 1), schedule_interval=None) as dag:
    stop = ShortCircuitOperator(task_id="stop", python_callable=lambda: 0)
    far = EmptyOperator(task_id="far", trigger_rule="all_done")
    stop >> EmptyOperator(task_id="near") >> far
    PythonOperator(task_id="other", python_callable=other) >> far
    go = ShortCircuitOperator(task_id="go", python_callable=lambda: "yes")
    go >> EmptyOperator(task_id="gone")
    alone = ShortCircuitOperator(task_id="alone", python_callable=lambda: [])
