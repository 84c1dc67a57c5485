from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator


class Show(BaseOperator):
    template_fields = ("value",)

    def __init__(self, *, value=None, **kwargs):
        super().__init__(**kwargs)
        self.value = value

    def execute(self, context):
        return self.value


with DAG(
    "templates_statements",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    params={"names": ["a", "b"]},
) as dag:
    Show(task_id="do", value="{% set found = [] %}{% do found.append(1) %}{{ found }}")
    Show(task_id="loop", value="{% for n in params.names %}{{ loop.index }}={{ n }};{% endfor %}")
    Show(task_id="branch", value="{% if params.names | length > 1 %}many{% else %}one{% endif %}")
    Show(task_id="macro", value="{% macro hi(x) %}hi {{ x }}{% endmacro %}{{ hi('you') }}")
    Show(task_id="raw", value="{% raw %}{{ ds }}{% endraw %}")
    Show(task_id="comment", value="a{# no #}b")
    Show(task_id="joined", value="{{ params.names | join(',') | upper }}")
    Show(task_id="as_json", value="{{ params.names | tojson }}")
