from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator


class Thing:
    _hidden = "seen"


class Show(BaseOperator):
    template_fields = ("value",)

    def __init__(self, *, value=None, **kwargs):
        super().__init__(**kwargs)
        self.value = value

    def execute(self, context):
        return self.value


with DAG(
    "templates_sandboxed",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    user_defined_macros={"thing": Thing()},
) as dag:
    Show(task_id="dunder", value="{{ ''.__class__ }}")
    Show(task_id="mro", value="{{ ().__class__.__mro__ }}")
    Show(task_id="underscore", value="{{ thing._hidden }}")
    Show(task_id="long_range", value="{{ range(100001) | length }}")
    Show(task_id="format", value="{{ '{0.__class__}'.format(1) }}")
