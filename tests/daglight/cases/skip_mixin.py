from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

from airflow.models.baseoperator import BaseOperator

try:
    from airflow.providers.standard.utils.skipmixin import SkipMixin
except ImportError:
    from airflow.models.skipmixin import SkipMixin


class Gate(BaseOperator, SkipMixin):
    def execute(self, context):
        self.skip_all_except(context["ti"], "left")
        return "done"


with DAG("skip_mixin", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    Gate(task_id="gate") >> [EmptyOperator(task_id="left"), EmptyOperator(task_id="right")]
