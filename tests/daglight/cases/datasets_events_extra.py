# options: {"sync": true}
from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator

try:
    from airflow.sdk import Asset as Dataset
except ImportError:
    from airflow.datasets import Dataset


def attempt(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


try:
    from airflow.sdk import Metadata
except ImportError:
    from airflow.datasets.metadata import Metadata

one = Dataset("s3://bucket/one")


def body(*, outlet_events):
    outlet_events[one].extra = {"rows": 3}
    outlet_events[one].extra["more"] = 1
    return 1


def yields():
    yield Metadata(one, {"rows": 5})
    return 7


with DAG("datasets_events_extra", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    a = PythonOperator(task_id="a", python_callable=body, outlets=[one])
    b = PythonOperator(task_id="b", python_callable=yields, outlets=[one, Dataset("s3://bucket/z")])
    c = PythonOperator(
        task_id="c",
        python_callable=lambda outlet_events: attempt(
            lambda: outlet_events[Dataset("s3://no")].extra
        ),
        outlets=[one],
    )
    d = PythonOperator(
        task_id="d",
        python_callable=lambda inlet_events: attempt(
            lambda: [event.extra for event in inlet_events[one]]
        ),
        inlets=[one],
    )
    a >> b >> c >> d
