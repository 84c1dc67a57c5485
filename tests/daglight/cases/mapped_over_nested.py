from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.exceptions import AirflowSkipException
from airflow.operators.python import PythonOperator

with DAG("mapped_over_nested", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def text():
        return "abc"

    @task
    def skips():
        raise AirflowSkipException

    @task
    def fails():
        raise ValueError("no")

    def show(**kwargs):
        print(kwargs["value"])

    # In Airflow 2 this counts as mapped over the task, in Airflow 3 it does not.
    for source in (text, skips, fails):
        given = source()
        name = source.function.__name__
        PythonOperator.partial(
            task_id=f"after_{name}", python_callable=show, trigger_rule="all_done"
        ).expand(op_kwargs=[{"value": given}, {"value": 1}])
