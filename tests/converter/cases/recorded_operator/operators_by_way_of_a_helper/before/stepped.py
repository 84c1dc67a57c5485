from datetime import datetime

from airflow import DAG
from steps import step

with DAG("stepped", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    for name in ["orders", "users"]:
        step(name)
