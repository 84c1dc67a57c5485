"""What the code of a `@dag` function reads of them is Airflow's."""

from datetime import datetime

from airflow.decorators import dag
from airflow.operators.bash import BashOperator


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def batch(**kwargs):
    BashOperator(task_id="say", bash_command=f"echo {len(kwargs)}")


batch()
