"""Variables, read while a task runs, with and without a default."""

from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.operators.python import PythonOperator


def connect():
    host = Variable.get("warehouse_host", default_var="localhost")
    options = Variable.get(
        "warehouse_options", default_var={"port": 5432}, deserialize_json=True
    )
    print(f"{host}:{options['port']}")
    return host


def read_secret():
    return Variable.get("warehouse_password")


with DAG(
    "settings_from_variables",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    catchup=False,
) as dag:
    connected = PythonOperator(task_id="connect", python_callable=connect)
    # There is no such variable unless somebody sets it: the task fails, as it did in Airflow.
    secret = PythonOperator(task_id="read_secret", python_callable=read_secret)

    connected >> secret
