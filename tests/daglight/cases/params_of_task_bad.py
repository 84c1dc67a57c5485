# options: {"versions": [3]}
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


with DAG("params_of_task_bad", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    Show(task_id="bad", value="{{ params.c }}", params={"c": Param("x", type="integer")})
    Show(task_id="good", value="{{ params.c }}", params={"c": 1})
