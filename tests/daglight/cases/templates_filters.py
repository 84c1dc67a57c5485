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


with DAG("templates_filters", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    for name in ("ds", "ds_nodash", "ts", "ts_nodash", "ts_nodash_with_tz"):
        Show(task_id=name, value="{{ logical_date | " + name + " }}")
    Show(task_id="of_none", value="{{ none | ds }}")
    Show(task_id="of_text", value="{{ ds | ds }}")
