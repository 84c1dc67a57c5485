"""A loop over a literal; every turn waits for the one before."""

from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG(
    "ping_hosts", start_date=datetime(2024, 1, 1), schedule=None, catchup=False
) as dag:
    previous = None
    for number, host in enumerate(("alpha", "beta", "gamma")):
        ping = BashOperator(task_id=f"ping_{number}", bash_command=f"echo ping {host}")
        if previous is not None:
            previous >> ping
        previous = ping
