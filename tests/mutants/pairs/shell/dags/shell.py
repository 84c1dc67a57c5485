from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator


def read(ti):
    return int(ti.xcom_pull(task_ids="count")) + 1


with DAG("shell", start_date=datetime(2023, 1, 1), schedule="@daily", catchup=False) as dag:
    counted = BashOperator(
        task_id="count", bash_command="echo counting {{ ds }}; printf '%s' \"$N\"", env={"N": "41"}
    )
    answered = PythonOperator(task_id="read", python_callable=read)
    counted >> answered
