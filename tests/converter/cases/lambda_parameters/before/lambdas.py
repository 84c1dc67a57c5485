"""Defaults of a lambda hold colons, commas and words that are names of Airflow's context."""

from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator

SIZES = {"a:b": 1}


def lambda_by_name(ds=None):
    print("by name", ds)


with DAG("lambdas", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    PythonOperator(task_id="colon", python_callable=lambda x=SIZES["a:b"], ds=None: print(x, ds))
    PythonOperator(task_id="nested", python_callable=lambda f=lambda: 1, *, run_id: print(f(), run_id))
    PythonOperator(task_id="rest", python_callable=lambda x=[1][0:1], **kwargs: print(x, kwargs["ds"]))
    PythonOperator(task_id="by_name", python_callable=lambda_by_name)

with DAG("plain_lambdas", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as plain:
    first = PythonOperator(task_id="first", python_callable=lambda x="ds=None, **k:": print(x))
    second = PythonOperator(
        task_id="second", python_callable=lambda n, *, m=2: print(n, m), op_kwargs={"n": 1}
    )
    first >> second
