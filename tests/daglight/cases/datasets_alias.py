# options: {"sync": true}
from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator

try:
    from airflow.sdk import Asset as Dataset
except ImportError:
    from airflow.datasets import Dataset

try:
    from airflow.sdk import AssetAlias as Alias
except ImportError:
    from airflow.datasets import DatasetAlias as Alias


def body(*, outlet_events):
    outlet_events[Alias("my-alias")].add(Dataset("s3://bucket/found"), extra={"k": 1})


with DAG("datasets_alias", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    PythonOperator(task_id="a", python_callable=body, outlets=[Alias("my-alias")])
    PythonOperator(task_id="b", python_callable=lambda: 1, outlets=[Alias("unused")])
