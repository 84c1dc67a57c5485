# options: {"conf": {"s": "y", "i": 2, "many": "m"}}
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
    "params_types",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    params={
        "s": Param("x", type="string"),
        "i": Param(1, type="integer"),
        "n": Param(1.5, type="number"),
        "b": Param(True, type="boolean"),
        "a": Param([1], type="array"),
        "o": Param({"k": 1}, type="object"),
        "z": Param(None, type="null"),
        "many": Param(None, type=["null", "string"]),
    },
) as dag:
    for name in ("s", "i", "n", "b", "a", "o", "z", "many"):
        Show(task_id=name, value="{{ params." + name + " }}")
