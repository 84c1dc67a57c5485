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


with DAG(
    "datasets_schedule_logic",
    start_date=datetime(2024, 1, 1),
    schedule=(Dataset("s3://bucket/a") | Dataset("s3://bucket/b")) & Dataset("s3://bucket/c"),
) as dag:
    Show(task_id="a", value="{{ ds }}")
