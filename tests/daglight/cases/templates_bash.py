from datetime import datetime
from pathlib import Path

from airflow import DAG
from airflow.operators.bash import BashOperator

Path(__file__).with_name("script.sh").write_text("echo from file {{ ds }} $WHO\n")

with DAG("templates_bash", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    BashOperator(task_id="file", bash_command="script.sh", env={"WHO": "{{ dag.dag_id }}"})
    BashOperator(task_id="missing", bash_command="absent.sh")
    BashOperator(task_id="space", bash_command="echo script.sh ")
    BashOperator(task_id="env", bash_command="echo $A", env={"A": "{{ ds }}"}, append_env=True)
    BashOperator(task_id="cwd", bash_command="basename $PWD", cwd="{{ '/tmp' }}")
