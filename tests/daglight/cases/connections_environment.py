# options: {"env": {"AIRFLOW_CONN_PG": "postgresql://me:p%40ss@db.example:5432/sales?sslmode=require&n=1", "AIRFLOW_CONN_AS_JSON": "{\"conn_type\": \"http\", \"host\": \"h.example\", \"login\": \"u\", \"password\": \"p\", \"port\": 80, \"schema\": \"https\", \"extra\": {\"k\": {\"n\": 1}}}", "AIRFLOW_CONN_BARE": "fs://", "AIRFLOW_CONN_NESTED": "http://https%3A%2F%2Fh.example%2Fpath", "AIRFLOW_CONN_GOOGLE": "google-cloud-platform://?extra__google_cloud_platform__project=p", "AIRFLOW_CONN_WITH_EXTRA": "a://?__extra__=%7B%22k%22%3A+%7B%22n%22%3A+1%7D%7D"}}
from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator

from airflow.hooks.base import BaseHook


def attempt(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def parts(connection):
    return {
        name: getattr(connection, name)
        for name in (
            "conn_id",
            "conn_type",
            "host",
            "login",
            "password",
            "schema",
            "port",
            "extra",
            "extra_dejson",
            "description",
        )
    }


with DAG("connections_environment", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    for name in ("pg", "as_json", "bare", "nested", "google", "with_extra"):
        PythonOperator(
            task_id=name,
            python_callable=lambda name: parts(BaseHook.get_connection(name)),
            op_kwargs={"name": name},
        )
    PythonOperator(task_id="upper", python_callable=lambda: BaseHook.get_connection("PG").host)
    PythonOperator(
        task_id="absent", python_callable=lambda: attempt(BaseHook.get_connection, "absent")
    )
    PythonOperator(task_id="fails", python_callable=lambda: BaseHook.get_connection("absent"))
