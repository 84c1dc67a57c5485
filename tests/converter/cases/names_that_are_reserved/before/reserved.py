from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.operators.python import PythonOperator


def rows():
    return [1, 2]


def deduplicate(unique, trigger_rule="x"):
    return [unique, trigger_rule]


def waits(first, wait_for=None):
    return [first, wait_for]


@task
def awaits(rows, return_state=False):
    return rows if return_state else None


def names(**given):
    return sorted(set(given) & {"unique", "trigger_rule"})


SETTINGS = {"unique": 1, "trigger_rule": "{{ ds }}"}

with DAG("reserved", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    found = PythonOperator(task_id="rows", python_callable=rows)
    PythonOperator(task_id="option", python_callable=deduplicate, op_kwargs={"unique": found.output})
    PythonOperator(task_id="parameter", python_callable=waits, op_args=[1])
    PythonOperator(task_id="of_a_lambda", python_callable=lambda wait_for=1: wait_for)
    awaits(found.output)

with DAG("spread", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    PythonOperator(task_id="names", python_callable=names, op_kwargs=dict(SETTINGS))

with DAG(
    "param", start_date=datetime(2024, 1, 1), schedule=None, catchup=False, params={"wait_for": 1}
):
    PythonOperator(task_id="rows", python_callable=rows)
