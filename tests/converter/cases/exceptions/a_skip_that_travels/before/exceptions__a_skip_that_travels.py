from datetime import datetime

from airflow import DAG
from airflow.exceptions import AirflowSkipException as Skip
from airflow.operators.python import PythonOperator


def maybe(count=0):
    if not count:
        raise Skip("nothing to do")


def then():
    print("never")


with DAG("maybes", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    sure = PythonOperator(task_id="sure", python_callable=maybe, op_args=[1])
    first = PythonOperator(task_id="maybe", python_callable=maybe)
    sure >> first >> PythonOperator(task_id="then", python_callable=then)
