from airflow import DAG
from airflow.operators.python import PythonOperator

from config import Config, Plan


def load():
    return 1


with DAG(
    "orders",
    default_args=Config.ARGS,
    start_date=Config.START,
    schedule=Config.SCHEDULE,
    max_active_runs=Config.LIMIT,
    catchup=False,
):
    PythonOperator(task_id="load", python_callable=load)

with DAG("late", start_date=Config.START, schedule=Config.LATE, catchup=False):
    PythonOperator(task_id="load", python_callable=load)

with DAG(
    "nightly", start_date=Config.START, schedule=Plan.NIGHTLY.value, catchup=False
):
    PythonOperator(task_id="load", python_callable=load)
