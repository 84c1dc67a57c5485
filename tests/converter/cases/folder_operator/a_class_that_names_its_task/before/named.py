import os
from datetime import datetime

from airflow import DAG
from airflow.models import BaseOperator

RETRIES = int(os.environ.get("RETRIES", "1"))


class Load(BaseOperator):
    def __init__(self, table, **kwargs):
        kwargs["task_id"] = f"load_{table}"
        super().__init__(retry_delay=0.0, **kwargs)
        self.table = table

    def execute(self, context):
        if context["ti"].try_number < 2:
            raise ValueError("again")
        return self.table


with DAG("named", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    first = Load(table="orders", retries=RETRIES)
    second = Load(table="users", **{"retries": RETRIES})
    first >> second
