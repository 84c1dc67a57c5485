# options: {"versions": [3]}
from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG("templates_gone_names", start_date=datetime(2024, 1, 1), schedule="@daily") as dag:
    for name in ("execution_date", "next_ds", "yesterday_ds", "conf"):
        BashOperator(task_id=name, bash_command="echo {{ " + name + " }}")
