from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator


def make_dag(name, schedule=None, **kwargs):
    with DAG(
        f"ingest_{name}",
        start_date=datetime(2024, 1, 1),
        schedule=schedule,
        catchup=False,
        tags=["ingest"],
        **kwargs,
    ) as dag:
        BashOperator(task_id="start", bash_command=f"echo {name}")
    return dag
