from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def mutate(ti):
    got = ti.xcom_pull("a")
    got.append(4)
    return got


with DAG("xcom_copies", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    a = PythonOperator(task_id="a", python_callable=lambda: [1])
    b = PythonOperator(task_id="b", python_callable=mutate)
    c = PythonOperator(task_id="c", python_callable=mutate)
    a >> b >> c
