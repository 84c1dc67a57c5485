from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.python import PythonOperator


def tell(context):
    print("told")


def add(a, b, c=0):
    return a + b + c


with DAG("sums", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    PythonOperator(
        task_id="three",
        python_callable=add,
        op_args=[1],
        op_kwargs={"b": 2, "c": 3},
        retries=2,
        retry_delay=timedelta(seconds=5),
        execution_timeout=timedelta(minutes=1),
        on_failure_callback=tell,
        owner="me",
    )
