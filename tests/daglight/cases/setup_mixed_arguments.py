from datetime import datetime

from airflow import DAG
from airflow.decorators import setup, task, teardown
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator


def bad():
    raise ValueError("bad")


with DAG("setup_mixed_arguments", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @setup
    def make():
        return "m"

    @setup
    def other():
        return "o"

    @teardown(on_failure_fail_dagrun=True)
    def drop(name, second=None):
        print(name, second)

    @task
    def work(name):
        return name

    a, b = make(), other()
    w = work(a)
    [a, b] >> w >> drop(a, b)
    plain = PythonOperator(task_id="plain", python_callable=bad)
    end = work.override(task_id="end")("x").as_teardown(setups=[make.override(task_id="late")()])
    plain >> end
