from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

with DAG("mapped_group_dict", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def numbers():
        return {"a": 1, "b": 2}

    @task
    def show(value, other=None):
        return [value, other]

    @task
    def kwargs_list():
        return [{"x": 1, "y": 2}, {"x": 3, "y": 4}]

    @task_group
    def work(x, y=None):
        show(x, y)

    work.expand(x=numbers())
    work.override(group_id="kw").expand_kwargs(kwargs_list())
    work.override(group_id="mapped").expand(x=kwargs_list().map(lambda one: one["x"]))
