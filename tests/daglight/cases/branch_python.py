from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import BranchPythonOperator
from airflow.utils.task_group import TaskGroup

with DAG("branch_python", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    CHOICES = {
        "one": "one_a",
        "many": ["many_a", "many_b"],
        "none": None,
        "bad": "absent",
        "wrong": 5,
        "late": "late_end",
        "far": "far_a",
    }
    for name, choice in CHOICES.items():
        branch = BranchPythonOperator(task_id=name, python_callable=lambda choice=choice: choice)
        a, b, c = (EmptyOperator(task_id=f"{name}_{x}") for x in "abc")
        branch >> [a, b, c]
        [a, b, c] >> EmptyOperator(task_id=f"{name}_join")
        (
            [a, b, c]
            >> EmptyOperator(task_id=f"{name}_end", trigger_rule="none_failed_min_one_success")
            << branch
        )
        b >> EmptyOperator(task_id=f"{name}_always", trigger_rule="all_done")
    far = dag.get_task("far_a")
    far >> dag.get_task("far_b")
    grouped = BranchPythonOperator(task_id="grouped", python_callable=lambda: "grp")
    with TaskGroup("grp") as grp:
        EmptyOperator(task_id="x") >> EmptyOperator(task_id="y")
    grouped >> [grp, EmptyOperator(task_id="not_grp", trigger_rule="all_done")]
