from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator


def attempt(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


from airflow.models.param import Param


def reads(params):
    return [
        params["n"],
        params.get("s"),
        params.get("z", "d"),
        "n" in params,
        sorted(params),
        len(params),
        attempt(lambda: params["z"]),
    ]


def writes(params):
    params["n"] = 5
    return [params["n"], attempt(lambda: params.update({"n": "x"}))]


with DAG(
    "params_in_bodies",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    params={"n": Param(1, type="integer"), "s": "t"},
) as dag:
    PythonOperator(task_id="reads", python_callable=reads)
    PythonOperator(task_id="writes", python_callable=writes)
    PythonOperator(task_id="after", python_callable=lambda params: params["n"]) << dag.get_task(
        "writes"
    )
