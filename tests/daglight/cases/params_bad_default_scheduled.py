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
    "params_bad_default_scheduled",
    start_date=datetime(2024, 1, 1),
    schedule="@daily",
    params={"p": Param("x", type="integer")},
) as dag:
    Show(task_id="a", value="{{ params.p }}")
