"""What a command prints is read in the encoding that the operator names."""

from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

ENCODING = "utf-16-le"

with DAG("bytes", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    BashOperator(task_id="latin", bash_command="printf 'caf\\351'", output_encoding="latin-1")
    BashOperator(task_id="wide", bash_command="printf 'a\\000b\\000'", output_encoding=ENCODING)
    BashOperator(task_id="wrong", bash_command="printf 'caf\\351'", output_encoding="utf-8")
