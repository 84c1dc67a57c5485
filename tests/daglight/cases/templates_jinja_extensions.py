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
    "templates_jinja_extensions",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    jinja_environment_kwargs={"extensions": ["jinja2.ext.loopcontrols"]},
) as dag:
    Show(
        task_id="loop_control",
        value="{% for i in range(5) %}{% if i == 2 %}{% break %}{% endif %}{{ i }}{% endfor %}",
    )
    Show(task_id="do_is_gone", value="{% set found = [] %}{% do found.append(1) %}{{ found }}")
