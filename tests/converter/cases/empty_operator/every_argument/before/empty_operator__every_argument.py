from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("marks", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    EmptyOperator(
        task_id="start-here",
        retries=1,
        retry_delay=timedelta(seconds=2),
        execution_timeout=timedelta(minutes=1),
        trigger_rule="all_success",
        pool="default_pool",
        doc_md="where it starts",
    )
