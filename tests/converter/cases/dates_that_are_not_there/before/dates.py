from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def show(before, after, day):
    print(repr(before), repr(after), day)


with DAG("without_a_schedule", start_date=datetime(2024, 1, 1), schedule=None):
    PythonOperator(
        task_id="show",
        python_callable=show,
        op_args=["{{ prev_ds }}", "{{ next_ds_nodash }}", "{{ ds }}"],
    )
