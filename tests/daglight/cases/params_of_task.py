# options: {"conf": {"a": 9}}
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
    "params_of_task",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    params={"a": 1, "b": Param(2, type="integer")},
) as dag:
    Show(
        task_id="own",
        value="{{ params.a }} {{ params.b }} {{ params.c }}",
        params={"b": 20, "c": Param(3, type="integer")},
    )
    Show(task_id="dags", value="{{ params.a }} {{ params.b }}")
    Show(task_id="absent", value="{{ params.c }}")
    PythonOperator(
        task_id="body",
        python_callable=lambda params: (
            dict(params.items()) if isinstance(params, dict) else params.dump()
        ),
        params={"c": 4},
    )
