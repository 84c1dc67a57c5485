"""What Airflow cannot store as an XCom fails the task there; what it can is handed on."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.python import PythonOperator


class Plain:
    pass


@dataclass
class Row:
    number: int = 1


def data():
    return b"data"


def pattern():
    found = re.compile("x")
    return {"found": found}


def an_object(ti):
    ti.xcom_push(key="it", value=[Plain()])


def keys():
    return {"a": 1}.keys()


def fine():
    return [{1, 2}, (3,), timedelta(1), Row(), list(range(3)), len(range(4))]


with DAG("results", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    PythonOperator(task_id="data", python_callable=data)
    PythonOperator(task_id="pattern", python_callable=pattern)
    PythonOperator(task_id="an_object", python_callable=an_object)
    PythonOperator(task_id="keys", python_callable=keys)
    PythonOperator(task_id="fine", python_callable=fine)
