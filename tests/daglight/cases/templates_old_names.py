# options: {"versions": [2], "logical_date": "2024-03-05T06:07:08+00:00"}
from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator

NAMES = (
    "execution_date next_ds next_ds_nodash next_execution_date prev_ds prev_ds_nodash prev_execution_date "
    "prev_execution_date_success tomorrow_ds tomorrow_ds_nodash yesterday_ds yesterday_ds_nodash"
).split()

with DAG("templates_old_names", start_date=datetime(2024, 1, 1), schedule="@daily") as dag:
    for name in NAMES:
        PythonOperator(task_id=name, python_callable=str, op_args=["{{ " + name + " }}"])
