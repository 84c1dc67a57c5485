from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator


class Tools:
    @staticmethod
    def double(value):
        return value * 2


class Show(BaseOperator):
    template_fields = ("value",)

    def __init__(self, *, value=None, **kwargs):
        super().__init__(**kwargs)
        self.value = value

    def execute(self, context):
        return self.value


with DAG(
    "templates_user_macros",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    user_defined_macros={
        "greet": lambda name: f"hi {name}",
        "ds": "mine",
        "tools": Tools,
        "table": {"k": [1]},
        "broken": lambda: 1 / 0,
    },
    user_defined_filters={"twice": lambda text: text * 2, "ds": lambda value: "my ds"},
) as dag:
    Show(task_id="function", value="{{ greet('x') }}")
    Show(task_id="shadowed", value="{{ ds }}")
    Show(task_id="of_class", value="{{ tools.double(4) }}")
    Show(task_id="in_native_type", value="{{ table['k'] }}")
    Show(task_id="raises", value="{{ broken() }}")
    Show(task_id="filtered", value="{{ 'ab' | twice }} {{ logical_date | ds }}")
    PythonOperator(task_id="not_in_context", python_callable=lambda **kwargs: "greet" in kwargs)
