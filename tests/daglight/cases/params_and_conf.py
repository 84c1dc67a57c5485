# options: {"conf": {"a": 10, "new": "n"}}
from datetime import datetime

from airflow import DAG
from airflow.models.param import Param
from airflow.operators.python import PythonOperator

with DAG(
    "params_and_conf",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    params={"a": 1, "b": Param(2, type="integer", minimum=0), "c": Param("x", enum=["x", "y"])},
) as dag:
    PythonOperator(task_id="dag_level", python_callable=lambda params: dict(params))
    PythonOperator(
        task_id="task_level",
        python_callable=lambda params: dict(params),
        params={"b": 3, "d": 4, "a": 5},
    )
