from datetime import datetime, timedelta

from airflow import DAG
from airflow.exceptions import AirflowException, AirflowFailException, AirflowSkipException
from airflow.operators.python import PythonOperator


def check(kind):
    if kind == "skip":
        raise AirflowSkipException(kind)
    try:
        raise AirflowException(kind)
    except AirflowException as error:
        raise AirflowFailException("for good") from error


with DAG("checks", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    skip = PythonOperator(task_id="skip", python_callable=check, op_args=["skip"])
    fail = PythonOperator(
        task_id="fail",
        python_callable=check,
        op_args=["fail"],
        retries=3,
        retry_delay=timedelta(seconds=1),
    )
