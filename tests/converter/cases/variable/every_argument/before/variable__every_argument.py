from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.operators.python import PythonOperator


def settings():
    Variable.set("limits", {"low": 1}, serialize_json=True)
    limits = Variable.get("limits", deserialize_json=True)
    return [limits["low"], Variable.get("limits"), Variable.get("other", None)]


with DAG("hello", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    PythonOperator(task_id="settings", python_callable=settings)
