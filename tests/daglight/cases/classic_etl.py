from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def extract(**kwargs):
    kwargs["ti"].xcom_push(key="data", value=[1, 2, 3])


def transform(**kwargs):
    data = kwargs["ti"].xcom_pull(key="data", task_ids="extract")
    kwargs["ti"].xcom_push(key="result", value=[x * 2 for x in data])


def load(ti, ds):
    print(f"Loading {ds}:", ti.xcom_pull(key="result", task_ids="transform"))


with DAG("classic_etl", start_date=datetime(2024, 1, 1), schedule="@daily", catchup=False) as dag:
    t1 = PythonOperator(task_id="extract", python_callable=extract)
    t2 = PythonOperator(task_id="transform", python_callable=transform)
    t3 = PythonOperator(task_id="load", python_callable=load)
    t1 >> t2 >> t3
