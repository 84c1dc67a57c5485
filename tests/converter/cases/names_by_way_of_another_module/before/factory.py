from datetime import datetime

from common import DAG, Shell


def make(name):
    with DAG(name, start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
        Shell(task_id="say", bash_command=f"echo {name}")
    return dag
