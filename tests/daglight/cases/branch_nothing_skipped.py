"""What a branch stores when there is nothing to skip: no task after it, or all of them followed."""

from datetime import datetime, timezone

try:
    from airflow.providers.standard.operators.empty import EmptyOperator
    from airflow.providers.standard.operators.python import BranchPythonOperator
    from airflow.sdk import DAG, task
except ImportError:
    from airflow import DAG
    from airflow.decorators import task
    from airflow.operators.empty import EmptyOperator
    from airflow.operators.python import BranchPythonOperator

with DAG(
    "branch_nothing_skipped", start_date=datetime(2024, 1, 1, tzinfo=timezone.utc), schedule=None
):
    BranchPythonOperator(task_id="at_the_end", python_callable=lambda: None)
    one = BranchPythonOperator(task_id="to_the_only_one", python_callable=lambda: "x")
    both = BranchPythonOperator(task_id="to_both", python_callable=lambda: ["y", "z"])

    @task.branch
    def by_taskflow():
        return ["w"]

    one >> EmptyOperator(task_id="x")
    both >> [EmptyOperator(task_id="y"), EmptyOperator(task_id="z")]
    by_taskflow() >> EmptyOperator(task_id="w")
