"""Whether a result has strings as keys, the run sees; if not, the task fails as in Airflow."""

from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.operators.python import PythonOperator

ONE = 1


@task
def numbers() -> dict:
    return {ONE: "one"}


@task(multiple_outputs=True)
def words(text="a b"):
    found = text.split()
    return {word: len(word) for word in found}


def sizes():
    return {"low": 1, "high": 2}


with DAG("keys", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    numbers()

with DAG("more_keys", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    words()
    PythonOperator(task_id="sizes", python_callable=sizes, multiple_outputs=True, retries="0")
