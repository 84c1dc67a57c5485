from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import BranchPythonOperator, PythonOperator


def fail():
    raise ValueError("no")


with DAG("branch_over_failed", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    wrong = PythonOperator(task_id="wrong", python_callable=fail)
    choose = BranchPythonOperator(
        task_id="choose", python_callable=lambda: None, trigger_rule="all_failed"
    )
    # Decided as upstream_failed while the branch runs, which then skips it.
    late = EmptyOperator(task_id="late")
    # Has run when the branch skips it.
    early = EmptyOperator(task_id="early", trigger_rule="always")
    after_late = EmptyOperator(task_id="after_late")
    after_early = EmptyOperator(task_id="after_early", trigger_rule="all_done")
    whole = EmptyOperator(task_id="whole", trigger_rule="none_failed")
    wrong >> choose >> [late, early]
    wrong >> late >> after_late
    early >> after_early
    [early, late] >> whole
