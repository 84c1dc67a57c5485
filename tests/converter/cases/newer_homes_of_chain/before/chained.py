"""`chain` has moved several times."""

from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG
from airflow.sdk.bases.operator import chain, cross_downstream

with DAG("chained", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    a = EmptyOperator(task_id="a")
    b = EmptyOperator(task_id="b")
    c = EmptyOperator(task_id="c")
    chain(a, b)
    cross_downstream([b], [c])
