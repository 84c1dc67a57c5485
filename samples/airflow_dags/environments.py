"""An `if` at build time: production has one task more."""

import os
from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator

PRODUCTION = os.environ.get("DEPLOYMENT") == "production"

with DAG(
    "environments", start_date=datetime(2024, 1, 1), schedule=None, catchup=False
) as dag:
    build = BashOperator(task_id="build", bash_command="echo build")
    if PRODUCTION:
        publish = BashOperator(task_id="publish", bash_command="echo publish")
    else:
        publish = EmptyOperator(task_id="do_not_publish")
    build >> publish
