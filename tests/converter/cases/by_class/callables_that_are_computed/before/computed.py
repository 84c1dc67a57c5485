from datetime import datetime
from functools import partial

from airflow import DAG
from airflow.operators.python import PythonOperator


def say(word, ds):
    print(word, ds)


def maker(word):
    def made(ti):
        print(word, ti.task_id)

    return made


with DAG("computed", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    PythonOperator(task_id="partial", python_callable=partial(say, "hello"))
    PythonOperator(task_id="made", python_callable=maker("hello"))
