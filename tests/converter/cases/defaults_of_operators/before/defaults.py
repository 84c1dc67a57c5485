"""`default_args` hold arguments of the operators' own, too."""

from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator


def shout(text):
    return text.upper()


args = {"skip_exit_code": 7, "output_processor": shout, "nobody_takes": 1}

with DAG("defaults", start_date=datetime(2024, 1, 1), schedule=None, catchup=False, default_args=args) as dag:
    BashOperator(task_id="skipped", bash_command="exit 7")
    BashOperator(task_id="shouted", bash_command="echo once; echo twice")
    BashOperator(task_id="reversed", bash_command="echo abc", output_processor=lambda text: text[::-1])
    EmptyOperator(task_id="empty")
