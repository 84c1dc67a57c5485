"""Dates in a command, in arguments and in a task's own body."""

from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator


def load(day):
    print(f"load the sales of {day}")
    return day


def summarise(ds, ti, **kwargs):
    day = ti.xcom_pull(task_ids="load")
    print(f"{day} is {ds}, until {kwargs['data_interval_end'].isoformat()}")


with DAG(
    "daily_sales",
    start_date=datetime(2024, 1, 1),
    schedule="0 6 * * *",
    catchup=False,
    max_active_runs=1,
) as dag:
    export = BashOperator(
        task_id="export",
        bash_command="echo export {{ ds }} to {{ macros.ds_add(ds, 7) }}",
    )
    loaded = PythonOperator(
        task_id="load",
        python_callable=load,
        op_kwargs={"day": "{{ ds_nodash }}"},
    )
    summary = PythonOperator(task_id="summarise", python_callable=summarise)

    export >> loaded >> summary
