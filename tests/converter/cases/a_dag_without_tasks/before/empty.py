from datetime import datetime
from airflow import DAG
dag = DAG("empty", start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
