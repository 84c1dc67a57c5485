from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

TRIES = {"retries": 3, "trigger_rule": "all_done"}


def fail():
    raise ValueError("once more")


def work():
    print("work")


with DAG(
    "grouped",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    catchup=False,
    default_args={"retries": 1, "retry_delay": timedelta(0)},
) as dag:
    of_dag = PythonOperator(task_id="of_dag", python_callable=fail)
    with TaskGroup("outer", default_args=TRIES) as outer:
        of_outer = PythonOperator(task_id="of_outer", python_callable=fail)
        with TaskGroup("inner", default_args={"retries": 2}) as inner:
            of_inner = PythonOperator(task_id="of_inner", python_callable=fail)
            of_task = PythonOperator(
                task_id="of_task", python_callable=work, retries=0, trigger_rule="one_failed"
            )
    of_dag >> outer
