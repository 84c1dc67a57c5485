import airflow
from airflow import DAG
from airflow.operators.empty import EmptyOperator

SETTINGS = {
    "start_date": airflow.utils.dates.days_ago(3),
    "retries": 1,
}

with DAG("marks", default_args=SETTINGS, schedule=None, catchup=False) as dag:
    EmptyOperator(task_id="start")
