from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator

with DAG("definer", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):

    def work():
        print("work")

    PythonOperator(task_id="work", python_callable=work)

with DAG("user", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    PythonOperator(task_id="work", python_callable=work)

with DAG("alone", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    size = 3
    PythonOperator(task_id="size", python_callable=lambda: print(size))
