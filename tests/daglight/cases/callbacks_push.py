from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator


def pushes(context):
    context["ti"].xcom_push(key="late", value=2)


with DAG("callbacks_push", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    a = PythonOperator(task_id="a", python_callable=lambda: 1, on_success_callback=pushes)
    a >> PythonOperator(
        task_id="b",
        python_callable=lambda ti: [
            ti.xcom_pull(task_ids="a"),
            ti.xcom_pull(task_ids="a", key="late"),
        ],
    )
