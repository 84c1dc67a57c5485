# options: {"versions": [3]}
from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator


def attempt(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


from airflow.sdk import Asset, AssetAll, AssetAny


def objects():
    one = Asset("name")
    two = Asset(name="n", uri="s3://b/k", group="g")
    return [
        one.name,
        one.uri,
        one.group,
        two.name,
        two.uri,
        two.group,
        Asset(uri="s3://b/k").name,
        type(one | two).__name__,
        type(one & two).__name__,
        attempt(lambda: Asset()),
        one == Asset("name"),
        attempt(lambda: Asset("x" * 1501)).split(":")[0],
    ]


with DAG("assets_objects", start_date=datetime(2024, 1, 1), schedule=Asset("name")) as dag:
    PythonOperator(task_id="a", python_callable=objects, outlets=[Asset("name")])
