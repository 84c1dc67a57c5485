from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import BranchPythonOperator, PythonOperator


def choose():
    return ["left", "middle"]


def left(ti):
    ti.xcom_push(key="side", value="left")
    ti.xcom_push(key="length", value=3)


def middle():
    raise RuntimeError("stuck in the middle")


def right():
    print("right")


def join(**context):
    ti = context["ti"]
    print(f"{ti.task_id}: {ti.xcom_pull(task_ids='left', key='side')}")
    print(ti.xcom_pull(task_ids="right"), ti.xcom_pull(task_ids="middle"))
    return ti.xcom_pull(task_ids="left", key="length")


with DAG("graphed", start_date=datetime(2023, 1, 1), schedule=None) as dag:
    chosen = BranchPythonOperator(task_id="choose", python_callable=choose)
    sides = [
        PythonOperator(task_id=call.__name__, python_callable=call)
        for call in (left, middle, right)
    ]
    joined = PythonOperator(task_id="join", python_callable=join, trigger_rule="one_success")
    strict = EmptyOperator(task_id="strict")
    end = EmptyOperator(task_id="end", trigger_rule="all_done")
    chosen >> sides >> joined
    [sides[0], sides[2]] >> strict
    behind = EmptyOperator(task_id="behind")
    sides[1] >> behind
    [joined, strict, behind] >> end
