from datetime import datetime

from airflow import DAG
from airflow.models import BaseOperator


class Load(BaseOperator):
    def execute(self, context):
        print("load")


with DAG(
    "limits",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    catchup=False,
    default_args={"owner": "team", "pool": "loads", "start_date": datetime(2024, 1, 1)},
):
    Load(task_id="load")
    Load(task_id="alone", max_active_tis_per_dag=1)
