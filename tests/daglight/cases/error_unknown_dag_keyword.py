from datetime import datetime

from airflow import DAG

with DAG(
    "error_unknown_dag_keyword", start_date=datetime(2024, 1, 1), schedule=None, scheduel=1
) as dag:
    pass
