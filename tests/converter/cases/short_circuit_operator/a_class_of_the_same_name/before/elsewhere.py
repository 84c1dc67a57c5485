"""Not airflow."""

from airlift.operators.python import ShortCircuitOperator


def make(check):
    return ShortCircuitOperator(task_id="check", python_callable=check)
