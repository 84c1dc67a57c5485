from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator

from airflow.models import Variable


class Show(BaseOperator):
    template_fields = ("value",)

    def __init__(self, *, value=None, **kwargs):
        super().__init__(**kwargs)
        self.value = value

    def execute(self, context):
        return self.value


with DAG("variables_missing_on_load", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    Show(task_id="a", value=Variable.get("absent"))
