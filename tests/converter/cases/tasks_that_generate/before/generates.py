from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.operators.python import PythonOperator


def rows():
    for number in range(3):
        print(number)
        yield number


@task
def numbers():
    yield 1


def fine():
    def inner():
        yield 1

    print(list(inner()))


with DAG("known", start_date=datetime(2024, 1, 1), schedule=None):
    PythonOperator(task_id="rows", python_callable=rows)
    numbers()
    PythonOperator(task_id="fine", python_callable=fine)

with DAG("looped", start_date=datetime(2024, 1, 1), schedule=None):
    for work in (rows, fine):
        PythonOperator(task_id=work.__name__, python_callable=work)
