from datetime import datetime

from airflow import DAG
from airflow.operators.python_operator import PythonOperator as Py


def hello(**context):
    print(context["ds"])


with DAG("greet", start_date=datetime(2024, 1, 1), schedule_interval=None) as dag:
    Py(task_id="hello", python_callable=hello, provide_context=True)
