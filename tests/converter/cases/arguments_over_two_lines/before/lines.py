from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


LIMITS = [1, 2]


def rows():
    return [1]


def use(x):
    return x


with DAG("over_lines", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    PythonOperator(task_id="rows", python_callable=rows)
    PythonOperator(
        task_id="use",
        python_callable=use,
        op_kwargs={"x": LIMITS[0]
                   + LIMITS[1]},
    )
    PythonOperator(task_id="beside", python_callable=rows)
