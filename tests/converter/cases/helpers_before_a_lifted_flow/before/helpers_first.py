from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def tell(word):
    print(word)
    return word


def make(name):
    return PythonOperator(task_id=name, python_callable=tell, op_args=[name])


with DAG("helped", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    make("a") >> make("b")

with DAG("plain", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    name = PythonOperator(task_id="first", python_callable=tell, op_args=["x"])
    PythonOperator(task_id="second", python_callable=tell, op_args=[name.output])
