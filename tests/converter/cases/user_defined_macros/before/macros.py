from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator


def quarter(ds):
    return f"Q{(int(ds[5:7]) - 1) // 3 + 1}"


FILTERS = {"shout": lambda text: text.upper()}


def show(word):
    print(word)


with DAG(
    "macros",
    start_date=datetime(2024, 1, 1),
    schedule="@daily",
    catchup=False,
    user_defined_macros={"quarter": quarter, "bucket": "s3://b"},
    user_defined_filters=FILTERS,
):
    BashOperator(task_id="a", bash_command="echo {{ quarter(ds) }} {{ bucket | shout }}")
    PythonOperator(task_id="b", python_callable=show, op_args=["{{ ds }} {{ bucket }}"])
