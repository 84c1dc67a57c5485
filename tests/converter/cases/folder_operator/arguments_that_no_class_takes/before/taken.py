from datetime import datetime

from airflow import DAG
from airflow.models import BaseOperator


class Load(BaseOperator):
    def __init__(self, **kwargs):
        self.table = kwargs.pop("table", "orders")
        super().__init__(**kwargs)

    def execute(self, context):
        print(self.table)


with DAG("taken", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    Load(task_id="load", table="users")
    Load(task_id="refused", colour="red")
