# options: {"versions": [2]}
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


with DAG("templates_of_run_and_instance_2", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    for name in (
        "ti.logical_date",
        "ti.execution_date",
        "ti.operator",
        "ti.pool",
        "ti.priority_weight",
        "ti.dag_run.dag_id",
        "dag_run.execution_date",
        "dag_run.state",
        "dag_run.external_trigger",
        "dag_run.queued_at",
    ):
        Show(task_id=name.replace(".", "_"), value="{{ " + name + " }}")
