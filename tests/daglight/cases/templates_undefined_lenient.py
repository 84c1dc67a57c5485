from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator

import jinja2


class Show(BaseOperator):
    template_fields = ("value",)

    def __init__(self, *, value=None, **kwargs):
        super().__init__(**kwargs)
        self.value = value

    def execute(self, context):
        return self.value


with DAG(
    "templates_undefined_lenient",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    template_undefined=jinja2.Undefined,
) as dag:
    Show(task_id="name", value="[{{ nobody }}]")
    Show(task_id="deeper", value="[{{ nobody.more }}]")
