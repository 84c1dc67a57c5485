from datetime import datetime

from airflow import DAG
from airflow.models import BaseOperator
from shared import defaults


class Load(BaseOperator):
    def execute(self, context):
        raise ValueError(context["ti"].try_number)


with DAG(
    "defaulted",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    catchup=False,
    default_args=defaults(2),
):
    Load(task_id="load")
