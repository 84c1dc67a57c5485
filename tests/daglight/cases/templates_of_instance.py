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


with DAG("templates_of_instance", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    for name in (
        "task_id",
        "dag_id",
        "try_number",
        "max_tries",
        "map_index",
        "queue",
        "nobody",
        "task.task_id",
    ):
        Show(task_id="ti_" + name.replace(".", "_"), value="{{ ti." + name + " }}")
    Show(
        task_id="same",
        value="{{ ti is sameas task_instance }} {{ ti.task.task_id == task.task_id }}",
    )
    Show(task_id="key", value="{{ task_instance_key_str }}")
