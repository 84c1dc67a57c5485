"""Helpers that make tasks in whatever DAG calls them."""

from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator

from warehouse.common.callables import count_rows


def load_and_count(table, layer="raw"):
    """Make the two tasks of a table; the last of them is what others wait for."""
    load = BashOperator(
        task_id=f"load_{layer}_{table}",
        bash_command=f"echo load {layer}.{table}",
    )
    count = PythonOperator(
        task_id=f"count_{layer}_{table}",
        python_callable=count_rows,
        op_kwargs={"table": table, "layer": layer},
    )
    load >> count
    return count
