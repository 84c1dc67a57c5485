# options: {"sync": true}
from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator

try:
    from airflow.sdk import Asset as Dataset
except ImportError:
    from airflow.datasets import Dataset


class Show(BaseOperator):
    template_fields = ("value",)

    def __init__(self, *, value=None, **kwargs):
        super().__init__(**kwargs)
        self.value = value

    def execute(self, context):
        return self.value


with DAG("datasets_outlets", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    a = PythonOperator(task_id="a", python_callable=lambda: 1, outlets=[Dataset("s3://bucket/a")])
    b = PythonOperator(
        task_id="b", python_callable=lambda: 1 / 0, outlets=[Dataset("s3://bucket/b")]
    )
    c = PythonOperator(
        task_id="c",
        python_callable=lambda: 1,
        inlets=[Dataset("s3://bucket/a")],
        outlets=Dataset("s3://bucket/c"),
    )
    Show(task_id="names", value="{{ outlets }}", outlets=[Dataset("file://x")])
    Show(
        task_id="uris",
        value="{{ outlets[0].uri }} {{ inlets | length }}",
        outlets=[Dataset("s3://bucket/d")],
    )
    a >> c
