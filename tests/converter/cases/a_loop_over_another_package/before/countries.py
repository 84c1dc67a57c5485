import os
from datetime import datetime

from acme.constants import COUNTRIES
from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG(
    "countries", start_date=datetime(2024, 1, 1), schedule=None, catchup=False
):
    for country in COUNTRIES:
        BashOperator(task_id=f"load_{country}", bash_command=f"echo {country}")
    # What a run computes by itself is no such loop, nor is one that makes nothing.
    for number in range(int(os.environ.get("COUNT", "2"))):
        BashOperator(task_id=f"count_{number}", bash_command=f"echo {number}")
    for country in COUNTRIES:
        print(country)
