from datetime import datetime

from airflow import DAG
from airflow.decorators import task


@task
def pushes(ti=None):
    ti.xcom_push(key="a", value=1)
    return "returned"


@task
def pulls(how, ti=None):
    found = ti.xcom_pull(key=None, **how)
    print(type(found).__name__, found)


@task
def pulls_one_task(ti=None):
    print(ti.xcom_pull(task_ids="pushes", key=None))


with DAG("xcom_pull_key_none", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    made = pushes()
    made >> [pulls_one_task(), pulls({"task_ids": "pushes"})]
