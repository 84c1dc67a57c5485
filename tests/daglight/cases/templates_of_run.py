# options: {"conf": {"k": "v"}}
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


with DAG("templates_of_run", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    for name in (
        "dag_id",
        "run_type",
        "logical_date",
        "data_interval_start",
        "data_interval_end",
        "conf",
        "conf.k",
        "conf['k']",
        "conf.get('k')",
        "conf.get('z', 'd')",
        "conf.z",
        "nobody",
    ):
        Show(
            task_id="run_" + "".join(c if c.isalnum() else "_" for c in name),
            value="{{ dag_run." + name + " }}",
        )
