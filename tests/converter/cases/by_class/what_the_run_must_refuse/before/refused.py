"""What is in the way for another reason than that it cannot be read."""

import json
from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

OPTIONS = json.loads('{"retries": 1}')

with DAG("refused", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    BashOperator(task_id="outlets", bash_command="true", outlets=["orders"], **OPTIONS)
    BashOperator(task_id="script", bash_command="run.sh", **OPTIONS)
