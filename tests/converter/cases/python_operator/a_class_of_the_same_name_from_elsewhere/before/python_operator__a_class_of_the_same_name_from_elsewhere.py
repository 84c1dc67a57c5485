"""Not airflow."""

from airlift.operators.python import PythonOperator


def make(hello):
    return PythonOperator(task_id="hello", python_callable=hello)
