"""Spellings of Airflow 1.10, which are still found in many folders."""

from datetime import datetime

from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import PythonOperator

dag = DAG(
    "airflow_1_spelling",
    description="An old DAG",
    schedule_interval="0 12 * * *",
    start_date=datetime(2023, 3, 20),
    catchup=False,
)


def hello(**context):
    print("hello on", context["ds"])
    return "hello"


start = DummyOperator(task_id="start", dag=dag)

say = PythonOperator(
    task_id="say",
    python_callable=hello,
    provide_context=True,
    dag=dag,
)

listing = BashOperator(
    task_id="listing", bash_command="echo {{ execution_date.year }}", dag=dag
)

say.set_upstream(start)
say.set_downstream(listing)
