from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import BranchPythonOperator, PythonOperator


def left():
    print("left")


def right():
    print("right")


with DAG("joins", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    pick = BranchPythonOperator(task_id="pick", python_callable=lambda: "left")
    left_task = PythonOperator(task_id="left", python_callable=left)
    right_task = PythonOperator(task_id="right", python_callable=right)
    strict = EmptyOperator(task_id="strict")
    lenient = EmptyOperator(
        task_id="lenient", trigger_rule="none_failed_min_one_success"
    )
    done = EmptyOperator(task_id="done", trigger_rule="all_done")
    pick >> [left_task, right_task] >> strict
    [left_task, right_task] >> lenient
    [left_task, right_task] >> done
    strict >> EmptyOperator(task_id="behind_strict")
