from datetime import datetime

from airflow import DAG
from airflow.models.param import Param, ParamsDict
from airflow.operators.python import PythonOperator

LEAST = 1


def show(params):
    print(params)


with DAG(
    "typed",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    catchup=False,
    params={
        "plain": 3,
        "described": Param("a", description="A letter.", title="Letter"),
        "count": Param(3, type="integer", minimum=LEAST, maximum=10),
        "share": Param(0.5, type="number", exclusiveMinimum=0, exclusiveMaximum=1),
        "name": Param("orders", type="string", minLength=1, maxLength=20),
        "flag": Param(True, type="boolean"),
        "maybe": Param(None, type=["null", "integer"]),
        "level": Param("low", enum=["low", "high"]),
        "items": Param(None, type=["null", "array"], minItems=1),
        "table": Param(None, type=["object", "null"]),
    },
):
    PythonOperator(task_id="show", python_callable=show)

with DAG(
    "untyped",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    catchup=False,
    params=ParamsDict(
        {
            "code": Param("a1", type="string", pattern="^[a-z][0-9]$"),
            "day": Param("2024-01-01", type="string", format="date"),
            "either": Param(1, type=["integer", "string"]),
            "number": Param(1, enum=[1, 2]),
            "listed": Param(None, type=["null", "array"], items={"type": "number"}),
            "bare": Param(1, minimum=0),
        }
    ),
):
    PythonOperator(task_id="show", python_callable=show)
