# options: {"env": {"AIRFLOW_CONN_PG": "postgresql://me:p%40ss@db.example:5432/sales?sslmode=require&n=1", "AIRFLOW_CONN_AS_JSON": "{\"conn_type\": \"http\", \"host\": \"h.example\", \"login\": \"u\", \"password\": \"p\", \"port\": 80, \"schema\": \"https\", \"extra\": {\"k\": {\"n\": 1}}}", "AIRFLOW_CONN_BARE": "fs://", "AIRFLOW_CONN_NESTED": "http://https%3A%2F%2Fh.example%2Fpath", "AIRFLOW_CONN_GOOGLE": "google-cloud-platform://?extra__google_cloud_platform__project=p", "AIRFLOW_CONN_WITH_EXTRA": "a://?__extra__=%7B%22k%22%3A+%7B%22n%22%3A+1%7D%7D"}}
from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator


class Show(BaseOperator):
    template_fields = ("value",)

    def __init__(self, *, value=None, **kwargs):
        super().__init__(**kwargs)
        self.value = value

    def execute(self, context):
        return self.value


with DAG("connections_templates", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    for name in (
        "pg.host",
        "pg.login",
        "pg.port",
        "pg.schema",
        "pg.conn_type",
        "pg.extra_dejson.sslmode",
        "pg.conn_id",
        "as_json.extra_dejson['k']",
        "get('pg').host",
        "get('absent', 'd')",
        "absent.host",
        "get('absent')",
        "pg.nobody",
    ):
        Show(
            task_id="".join(c if c.isalnum() else "_" for c in name),
            value="{{ conn." + name + " }}",
        )
