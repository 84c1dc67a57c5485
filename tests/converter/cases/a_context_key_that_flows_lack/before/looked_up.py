from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def read(**kwargs):
    return kwargs["conf"].get("core", "dags_folder")


def get(**kwargs):
    return len(kwargs.get("inlet_events", ()))


def ask(**context):
    return "test_mode" in context


def of_three(**context):
    return context["partition_key"]


def nested(**context):
    return [context["outlets"] for _ in range(2)]


def given(**kwargs):
    return kwargs["conf"]


def absent(**kwargs):
    return kwargs.get("exception", "none")


def own(conf):
    kwargs = {"conf": conf}
    return kwargs["conf"]


with DAG("looked_up", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    PythonOperator(task_id="read", python_callable=read)
    PythonOperator(task_id="get", python_callable=get)
    PythonOperator(task_id="ask", python_callable=ask)
    PythonOperator(task_id="of_three", python_callable=of_three)
    PythonOperator(task_id="nested", python_callable=nested)
    PythonOperator(task_id="given", python_callable=given, op_kwargs={"conf": 1})
    PythonOperator(task_id="absent", python_callable=absent)
    PythonOperator(task_id="own", python_callable=own, op_kwargs={"conf": 1})
