from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import BaseOperator
from airflow.operators.python import PythonOperator

from airflow import macros
from airflow.macros import ds_add, ds_format

with DAG("macros_imported", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    PythonOperator(
        task_id="a",
        python_callable=lambda ds: [
            ds_add(ds, 1),
            ds_format(ds, "%Y-%m-%d", "%Y"),
            macros.ds_add(ds, 2),
        ],
    )
