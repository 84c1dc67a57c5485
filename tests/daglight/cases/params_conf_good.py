# options: {"conf": {"e": "b", "d": "2024-02-03", "l": [2, 3], "o": {"k": 5, "z": 1}, "extra": "from conf"}}
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
    "params_conf_good",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    params={
        "e": Param("a", enum=["a", "b"], title="E", description="words", section="S"),
        "d": Param("2024-01-01", type="string", format="date"),
        "t": Param("2024-01-01T00:00:00+00:00", type="string", format="date-time"),
        "l": Param([1], type="array", items={"type": "integer"}, minItems=1),
        "o": Param({"k": 1}, type="object", properties={"k": {"type": "integer"}}),
        "mail": Param("a@b.c", format="email"),
    },
) as dag:
    for name in ("e", "d", "t", "l", "o", "mail", "extra"):
        Show(task_id=name, value="{{ params." + name + " }}")
