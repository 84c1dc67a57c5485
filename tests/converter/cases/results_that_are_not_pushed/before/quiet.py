"""`do_xcom_push=False`: what a task returns is nobody's to pull."""

from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator


def make():
    return 1


def show(ti):
    print(ti.xcom_pull(task_ids="make"), ti.xcom_pull(task_ids="say"))


with DAG("quiet", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    first = PythonOperator(task_id="make", python_callable=make, do_xcom_push=False)
    second = BashOperator(task_id="say", bash_command="echo said", do_xcom_push=False)
    third = PythonOperator(task_id="show", python_callable=show)
    first >> second >> third

with DAG(
    "alone", start_date=datetime(2024, 1, 1), schedule=None, catchup=False, default_args={"do_xcom_push": False}
) as dag:
    PythonOperator(task_id="make", python_callable=make)
    PythonOperator(task_id="again", python_callable=make, do_xcom_push=True)
