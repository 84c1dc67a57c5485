from datetime import datetime

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator
from case_plugin import CaseOperator, shout


class Show(BaseOperator):
    template_fields = ("value",)

    def __init__(self, *, value=None, **kwargs):
        super().__init__(**kwargs)
        self.value = value

    def execute(self, context):
        return self.value


with DAG("plugins_folder", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    Show(task_id="macro", value="{{ macros.case_plugin.shout('a') }}")
    CaseOperator(task_id="operator", text="{{ ds }}")
    PythonOperator(task_id="function", python_callable=lambda: shout("b"))
    Show(task_id="nobody", value="{{ macros.case_plugin.nobody() }}")
