from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup


class Steps:
    factor = 3

    @task
    def double(n):
        return n * 2

    @staticmethod
    @task
    def triple(n):
        return n * 3

    def times(self, n):
        return n * self.factor


def shared(n, *rest, flag=False, **named):
    return [n, list(rest), flag, sorted(k for k in named if k in ("p", "q"))]


with DAG("taskflow_methods", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    Steps.double(1)
    Steps.triple(Steps.double(2))
    task(Steps().times)(4)
    task(shared)(1, 2, 3, flag=True, p=1)
    task(task_id="lam")(lambda: 5)()
    task.python(shared)(1, q=2)
    shared_task = task(retries=2)(shared).override(task_id="over", retries=4)
    shared_task(1)
    shared_task(2)
