from datetime import datetime

from airflow import DAG
from airflow.decorators import task, task_group
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import BranchPythonOperator, PythonOperator


def fail():
    raise ValueError("no")


@task
def late(item):
    return item


@task(trigger_rule="always")
def early(item):
    return item


with DAG("branch_over_failed_mapped", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    wrong = PythonOperator(task_id="wrong", python_callable=fail)
    at_once = BranchPythonOperator(task_id="at_once", python_callable=lambda: None)
    afterwards = BranchPythonOperator(
        task_id="afterwards", python_callable=lambda: None, trigger_rule="all_failed"
    )
    wrong >> afterwards

    @task_group
    def each(item):
        # Not looked at before the branch ends.
        undecided = late.override(task_id="undecided")(item)
        # Decided as upstream_failed when the branch starts, which then would skip it.
        decided = late.override(task_id="decided")(item)
        # Has run by then.
        ran = early(item)
        wrong >> [undecided, decided]
        at_once >> undecided
        afterwards >> [decided, ran]
        [decided, ran] >> EmptyOperator(task_id="whole", trigger_rule="none_failed")

    each.expand(item=[1, 2])
