from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator
from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator
from airflow.providers.snowflake.transfers.copy_into_snowflake import (
    CopyFromExternalStageToSnowflakeOperator,
)
from airflow.providers.acme.sensors.acme import AcmeSensor


def rows():
    return 3


with DAG(
    "warehouse",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    catchup=False,
    default_args={"conn_id": "warehouse", "retries": 1},
):
    wait = AcmeSensor(task_id="wait", path="{{ ds }}", pool="acme")
    counted = PythonOperator(task_id="rows", python_callable=rows)
    clean = SQLExecuteQueryOperator(
        task_id="clean",
        sql="delete from orders where day = '{{ ds }}'",
        parameters={"rows": counted.output},
    )
    load = CopyFromExternalStageToSnowflakeOperator(task_id="load", table="orders", stage="s3")
    done = PythonOperator(task_id="done", python_callable=rows)
    wait >> clean >> load >> done
