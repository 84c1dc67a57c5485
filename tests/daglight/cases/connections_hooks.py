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


class MyHook(BaseHook):
    conn_name_attr = "my_conn_id"
    default_conn_name = "pg"
    conn_type = "mine"
    hook_name = "Mine"

    def __init__(self, my_conn_id=default_conn_name):
        super().__init__()
        self.my_conn_id = my_conn_id

    def get_conn(self):
        return self.get_connection(self.my_conn_id)

    def run(self):
        return [self.get_conn().host, self.get_conn().extra_dejson.get("sslmode")]


with DAG("connections_hooks", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    PythonOperator(task_id="own_hook", python_callable=lambda: MyHook("pg").run())
    PythonOperator(
        task_id="connections",
        python_callable=lambda: attempt(
            lambda: [one.host for one in BaseHook.get_connections("pg")]
        ),
    )
    PythonOperator(
        task_id="get_conn",
        python_callable=lambda: attempt(lambda: BaseHook().get_conn()).split(":")[0],
    )
    PythonOperator(
        task_id="unknown_hook",
        python_callable=lambda: attempt(lambda: BaseHook.get_hook("as_json2")).split(":")[0],
    )
    PythonOperator(task_id="logs", python_callable=lambda: MyHook("pg").log.info("words"))
