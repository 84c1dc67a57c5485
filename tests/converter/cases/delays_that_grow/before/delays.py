"""The delays between tries grow; Airflow adds something of its own to each."""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("delays", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    BashOperator(
        task_id="growing",
        bash_command="echo growing",
        retries=4,
        retry_delay=timedelta(seconds=2),
        retry_exponential_backoff=True,
        max_retry_delay=timedelta(seconds=10),
    )

with DAG("even_delays", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    BashOperator(task_id="even", bash_command="echo even", retries=1, retry_exponential_backoff=False)
    BashOperator(task_id="once", bash_command="echo once", retry_exponential_backoff=True)
