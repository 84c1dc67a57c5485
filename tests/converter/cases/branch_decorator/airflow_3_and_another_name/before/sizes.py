from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG
from airflow.sdk import task as step


@step.branch
def pick():
    return "large"


@step
def show(ti):
    print(ti.xcom_pull(task_ids="pick"))


with DAG("sizes", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    size = pick()
    size >> [EmptyOperator(task_id="large"), EmptyOperator(task_id="small")] >> show()
