import os
from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator


def tell():
    return os.environ.get("AIRFLOW_CTX_TASK_ID")


with DAG("told", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    PythonOperator(task_id="tell", python_callable=tell)
    BashOperator(task_id="say", bash_command="echo $AIRFLOW_CTX_DAG_ID $AIRFLOW_HOME")
