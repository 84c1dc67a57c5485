from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator

try:
    from airflow.sdk import literal
except ImportError:
    from airflow.utils.template import literal


class Show(BaseOperator):
    template_fields = ("value",)

    def __init__(self, *, value=None, **kwargs):
        super().__init__(**kwargs)
        self.value = value

    def execute(self, context):
        return self.value


with DAG("templates_literal", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    Show(task_id="literal", value=literal("{{ ds }}"))
    Show(task_id="within", value=["{{ ds }}", literal("{{ ds }}")])
