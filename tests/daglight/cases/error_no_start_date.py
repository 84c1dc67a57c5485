from airflow import DAG
from airflow.operators.empty import EmptyOperator

with DAG("error_no_start_date", schedule=None) as dag:
    EmptyOperator(task_id="a")
