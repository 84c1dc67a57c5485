from datetime import datetime

from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG
from airflow.sdk.exceptions import AirflowSkipException as Nothing


def maybe(count):
    if not count:
        raise Nothing("to do")
    return count


with DAG("maybes", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    PythonOperator(task_id="maybe", python_callable=maybe, op_args=[0])
    PythonOperator(task_id="surely", python_callable=maybe, op_args=[1])
