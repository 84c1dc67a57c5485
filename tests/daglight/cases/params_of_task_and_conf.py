# options: {"conf": {"b": 7, "q": "of conf"}}
from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator

from airflow.models.param import Param


class Show(BaseOperator):
    template_fields = ("value",)

    def __init__(self, *, value=None, **kwargs):
        super().__init__(**kwargs)
        self.value = value

    def execute(self, context):
        return self.value


with DAG(
    "params_of_task_and_conf",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    default_args={"params": {"q": "of default_args"}},
) as dag:
    Show(task_id="own", value="{{ params.b }}", params={"b": Param(1, type="integer")})
    Show(task_id="default_args", value="{{ params.q }}")
