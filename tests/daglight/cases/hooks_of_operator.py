from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator

from airflow.exceptions import AirflowSkipException


def skips(context):
    raise AirflowSkipException


class Steps(BaseOperator):
    def pre_execute(self, context):
        super().pre_execute(context)
        print("own pre")

    def execute(self, context):
        print("body")
        return 1

    def post_execute(self, context, result=None):
        super().post_execute(context, result)
        print("own post")


class Kills(BaseOperator):
    def execute(self, context):
        raise ValueError("bad")

    def on_kill(self):
        print("never")


with DAG("hooks_of_operator", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    Steps(
        task_id="a",
        pre_execute=lambda context: print("given pre"),
        post_execute=lambda context, result=None: print("given post"),
    )
    Steps(task_id="b")
    Kills(task_id="c")
    PythonOperator(task_id="d", python_callable=lambda: print("body"), pre_execute=skips)
