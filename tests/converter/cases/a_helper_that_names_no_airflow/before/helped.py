"""The tasks are made in a module that has their operators from another module of the folder."""

from datetime import datetime

from airflow import DAG

from steps import steps

with DAG("helped", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    steps()
