"""Not airflow."""

from airlift.operators.python import BranchPythonOperator


def make(pick):
    return BranchPythonOperator(task_id="pick", python_callable=pick)
