import sys
from datetime import datetime
from sys import exit as leave

from airflow import DAG
from airflow.operators.python import PythonOperator


def by_module():
    sys.exit(1)


def by_name():
    leave("no")


def by_raising():
    raise SystemExit


def exit_late(codes):
    return codes


with DAG("exits", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    PythonOperator(task_id="by_module", python_callable=by_module)
    PythonOperator(task_id="by_name", python_callable=by_name)
    PythonOperator(task_id="by_raising", python_callable=by_raising)
    PythonOperator(task_id="late", python_callable=exit_late, op_args=[[1]])
