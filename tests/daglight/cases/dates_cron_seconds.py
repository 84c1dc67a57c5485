# options: {"logical_date": "2024-03-05T00:00:00+00:00"}
from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator

NAMES = "ds ds_nodash ts ts_nodash ts_nodash_with_tz logical_date data_interval_start data_interval_end".split()

with DAG("dates_cron_seconds", start_date=datetime(2024, 1, 1), schedule="30 6 * * 1-5 15") as dag:
    PythonOperator(
        task_id="a",
        python_callable=lambda **named: {name: str(named[name]) for name in NAMES},
        op_kwargs={f"my_{name}": "{{ " + name + " }}" for name in NAMES},
    )
