from datetime import datetime
from pathlib import Path

from airflow import DAG
from airflow.operators.bash import BashOperator

Path(__file__).with_name("bash_files_script.sh").write_text("echo from file {{ ds }}\n")

with DAG("bash_files", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    BashOperator(task_id="file", bash_command="bash_files_script.sh")
    BashOperator(task_id="missing", bash_command="not_there.sh")
    BashOperator(task_id="space", bash_command="echo not_there.sh ")
