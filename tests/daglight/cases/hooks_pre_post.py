from datetime import datetime

from airflow import DAG
from airflow.models import BaseOperator


class Op(BaseOperator):
    def pre_execute(self, context):
        context["ti"].xcom_push(key="pre", value=1)

    def execute(self, context):
        return "done"

    def post_execute(self, context, result=None):
        context["ti"].xcom_push(key="post", value=result)


class Bad(Op):
    def post_execute(self, context, result=None):
        raise ValueError("after")


with DAG("hooks_pre_post", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    Op(task_id="a") >> Bad(task_id="b")
