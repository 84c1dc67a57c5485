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
    "templates_jinja_options",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    jinja_environment_kwargs={
        "variable_start_string": "[[",
        "variable_end_string": "]]",
        "trim_blocks": True,
        "keep_trailing_newline": True,
    },
) as dag:
    Show(task_id="own_marks", value="[[ ds ]] {{ ds }}")
    Show(task_id="trimmed", value="{% if true %}\nx\n{% endif %}\ny")
    Show(task_id="last_newline", value="x\n")
