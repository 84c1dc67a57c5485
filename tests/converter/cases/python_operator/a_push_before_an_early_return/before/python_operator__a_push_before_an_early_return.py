from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def maybe(ti):
    ti.xcom_push(key="number", value=3)
    if datetime.now().year > 2000:
        return
    print("long ago")


with DAG("early", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    PythonOperator(task_id="maybe", python_callable=maybe)
