# options: {"env": {"AIRFLOW_CONN_BOTH": "a://of-env"}, "connections": {"stored": {"conn_type": "postgres", "description": "words", "host": "h", "login": "l", "password": "p", "schema": "s", "port": 5432, "extra": "{\"k\": \"v\"}"}, "of_uri": "mysql://u:p@h:3306/db?charset=utf8", "both": {"conn_type": "a", "host": "of-file"}}}
from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator

from airflow.hooks.base import BaseHook


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


class Show(BaseOperator):
    template_fields = ("value",)

    def __init__(self, *, value=None, **kwargs):
        super().__init__(**kwargs)
        self.value = value

    def execute(self, context):
        return self.value


with DAG("connections_stored", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    PythonOperator(
        task_id="parts", python_callable=lambda: parts(BaseHook.get_connection("stored"))
    )
    PythonOperator(
        task_id="of_uri", python_callable=lambda: parts(BaseHook.get_connection("of_uri"))
    )
    Show(task_id="template", value="{{ conn.stored.host }} {{ conn.stored.extra_dejson.k }}")
    PythonOperator(task_id="both", python_callable=lambda: BaseHook.get_connection("both").host)
