from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import ShortCircuitOperator

with DAG("short_circuit", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    for name, value, ignore in (
        ("all", False, True),
        ("direct", [], False),
        ("yes", "x", True),
        ("last", None, True),
    ):
        gate = ShortCircuitOperator(
            task_id=name,
            python_callable=lambda value=value: value,
            ignore_downstream_trigger_rules=ignore,
        )
        if name != "last":
            (
                gate
                >> EmptyOperator(task_id=f"{name}_1")
                >> EmptyOperator(task_id=f"{name}_2")
                >> EmptyOperator(task_id=f"{name}_3", trigger_rule="all_done")
            )
