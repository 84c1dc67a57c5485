from datetime import datetime, timedelta

import pendulum
from airflow import DAG
from airflow.operators.bash import BashOperator

START = pendulum.datetime(2024, 1, 1, 1, 30, tz="Europe/Berlin")

with DAG("multiples", start_date=START, schedule=timedelta(hours=7), catchup=False):
    BashOperator(task_id="tell", bash_command="echo {{ ds }}")

with DAG("days", start_date=START, schedule=timedelta(days=2), catchup=False):
    BashOperator(task_id="tell", bash_command="echo {{ ds }}")

with DAG("from_its_start", start_date=START, schedule=timedelta(days=2), catchup=True):
    BashOperator(task_id="tell", bash_command="echo {{ ds }}")

with DAG("an_unknown_start", start_date=datetime.now(), schedule=timedelta(hours=6), catchup=False):
    BashOperator(task_id="tell", bash_command="echo hello")

with DAG("every_hour", start_date=START, schedule="@hourly", catchup=False):
    BashOperator(task_id="tell", bash_command="echo {{ ds }}")

with DAG("left_out_in_spring", start_date=START, schedule="30 2 * * *", catchup=False):
    BashOperator(task_id="tell", bash_command="echo {{ ds }}")

with DAG("not_on_sundays", start_date=START, schedule="30 2 * * 1-5", catchup=False):
    BashOperator(task_id="tell", bash_command="echo {{ ds }}")

with DAG("at_three", start_date=START, schedule="0 3 * * *", catchup=False):
    BashOperator(task_id="tell", bash_command="echo {{ ds }}")

with DAG("without_a_change", start_date=datetime(2024, 1, 1), schedule="@hourly", catchup=False):
    BashOperator(task_id="tell", bash_command="echo {{ ds }}")
