from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def done(context):
    print("done", context["ti"].task_id)


def work():
    return 1


def build(table):
    with DAG(f"etl_{table}", start_date=datetime(2024, 1, 1), schedule=None, catchup=False, on_success_callback=done) as dag:
        PythonOperator(task_id=f"load_{table}", python_callable=work)
    return dag


a = build("a")
b = build("b")
