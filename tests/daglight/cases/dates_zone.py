# options: {"logical_date": "2024-07-05T12:00:00+00:00"}
import pendulum

from airflow import DAG
from airflow.operators.python import PythonOperator

NAMES = "ds ts ts_nodash_with_tz logical_date data_interval_start data_interval_end".split()

with DAG(
    "dates_zone", start_date=pendulum.datetime(2024, 1, 1, tz="Europe/Berlin"), schedule="0 6 * * *"
) as dag:
    PythonOperator(
        task_id="a",
        python_callable=lambda **named: dag.timezone is not None,
        op_kwargs={f"my_{name}": "{{ " + name + " }}" for name in NAMES},
    )
