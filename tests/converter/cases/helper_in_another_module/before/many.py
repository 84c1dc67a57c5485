from datetime import datetime

from airflow import DAG

from tasks import between

with DAG("many", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    _, first_end = between("one")
    second_start, _ = between("two")
    first_end >> second_start
