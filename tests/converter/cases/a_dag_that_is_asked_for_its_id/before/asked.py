from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def tell():
    print(by_name.dag_id)


def make(name):
    dag = DAG(name, start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
    with dag:
        PythonOperator(task_id="tell", python_callable=tell)
    return dag


for name in ("one", "two"):
    made = make(name)
    globals()[made.dag_id] = made

with DAG(
    "three", start_date=datetime(2024, 1, 1), schedule=None, catchup=False
) as by_name:
    PythonOperator(task_id="tell", python_callable=tell)
