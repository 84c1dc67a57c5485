# options: {"conf": {"k": "v", "n": 1}}
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


with DAG("params_conf_without_declared", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    Show(task_id="a", value="{{ params.k }} {{ dag_run.conf.k }} {{ dag_run.conf['n'] + 1 }}")
    PythonOperator(
        task_id="body", python_callable=lambda dag_run, params: [dag_run.conf, params["k"]]
    )
