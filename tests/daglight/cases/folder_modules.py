from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator
from folder_helpers import double
from folder_helpers.deep.more import TEXT

with DAG("folder_modules", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    PythonOperator(task_id="a", python_callable=lambda: [double(4), TEXT])
    PythonOperator(task_id="b", python_callable=double, op_args=[5])
