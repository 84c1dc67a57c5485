from datetime import datetime
from functools import partial

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import BranchPythonOperator


def pick(name="a"):
    return name


with DAG("refused", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    computed = BranchPythonOperator(task_id="one", python_callable=partial(pick, "a"))
    several = BranchPythonOperator(
        task_id="two", python_callable=pick, multiple_outputs=True
    )
    unknown = BranchPythonOperator(task_id="three", python_callable=pick, retry="x")
    good = BranchPythonOperator(task_id="four", python_callable=pick)
    [computed, several, unknown, good] >> EmptyOperator(task_id="a")
