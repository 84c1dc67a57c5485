"""A coroutine function of a task may skip, and may keep its result to itself."""

from datetime import datetime
from airflow.exceptions import AirflowSkipException
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG


async def maybe(n):
    if n:
        raise AirflowSkipException("no")
    return n


async def quiet():
    return 5


with DAG(
    "skipping", start_date=datetime(2024, 1, 1), schedule=None, catchup=False
) as dag:
    PythonOperator(task_id="a", python_callable=maybe, op_args=[1]) >> PythonOperator(
        task_id="b", python_callable=quiet
    )
    PythonOperator(task_id="c", python_callable=quiet, do_xcom_push=False)
