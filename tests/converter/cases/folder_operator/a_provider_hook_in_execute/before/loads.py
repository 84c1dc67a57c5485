from datetime import datetime

from airflow import DAG
from airflow.models import BaseOperator
from airflow.providers.postgres.hooks.postgres import PostgresHook


class Load(BaseOperator):
    def execute(self, context):
        PostgresHook().run("select 1")


class Plain(BaseOperator):
    def execute(self, context):
        print("plain")


with DAG("loads", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    Load(task_id="load")
    Plain(task_id="plain")
