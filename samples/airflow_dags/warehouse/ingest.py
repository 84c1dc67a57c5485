"""Loads the tables of the warehouse with the helpers of `common`."""

from airflow import DAG
from airflow.operators.python import PythonOperator

from warehouse.common.builders import load_and_count
from warehouse.common.callables import archive
from warehouse.common.settings import DEFAULT_ARGS, LAYERS, START

with DAG(
    "warehouse_ingest",
    default_args=DEFAULT_ARGS,
    start_date=START,
    schedule="@hourly",
    catchup=False,
) as dag:
    archived = PythonOperator(
        task_id="archive",
        python_callable=archive,
        op_args=[["orders", "customers"]],
    )
    for layer in LAYERS:
        load_and_count("orders", layer) >> archived
    load_and_count("customers") >> archived
