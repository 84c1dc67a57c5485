from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator


def attempt(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


from airflow.models.param import Param, ParamsDict


def objects():
    one = Param(1, type="integer", description="d")
    many = ParamsDict({"a": 1, "b": one})
    return [
        one.value,
        one.description,
        one.schema,
        one.has_value,
        one.resolve(),
        attempt(lambda: Param(type="string").resolve()),
        many["a"],
        many.get_param("b").value,
        many.dump(),
        sorted(many),
        attempt(lambda: many.validate()),
        many == {"a": 1, "b": 1},
    ]


with DAG("params_objects", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    PythonOperator(task_id="a", python_callable=objects)
