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
    "templates_undefined_debug",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    template_undefined=jinja2.DebugUndefined,
) as dag:
    Show(task_id="name", value="[{{ nobody }}]")
