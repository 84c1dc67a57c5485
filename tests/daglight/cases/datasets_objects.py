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


def objects():
    one = Dataset("s3://bucket/a", extra={"k": 1})
    return [
        one.uri,
        one.extra,
        one == Dataset("s3://bucket/a", extra={"k": 1}),
        hash(one) == hash(Dataset("s3://bucket/a", extra={"k": 1})),
        attempt(lambda: Dataset("").uri),
        attempt(lambda: Dataset("plain").uri),
        attempt(lambda: Dataset("airflow://x").uri),
        attempt(lambda: Dataset("s3://u:p@bucket/a").uri),
        attempt(lambda: Dataset("S3://Bucket/A/").uri),
        attempt(lambda: Dataset("file:///tmp/x").uri),
        attempt(lambda: Dataset(" ").uri),
        attempt(lambda: Dataset("http://ex.com/ü").uri),
    ]


with DAG("datasets_objects", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    PythonOperator(task_id="a", python_callable=objects)
