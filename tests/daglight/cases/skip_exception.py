from datetime import datetime

from airflow import DAG
from airflow.exceptions import AirflowSkipException
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator


def skip(ti):
    ti.xcom_push(key="k", value=1)
    raise AirflowSkipException("nothing to do")


with DAG("skip_exception", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    a = PythonOperator(task_id="a", python_callable=skip, retries=2)
    a >> EmptyOperator(task_id="b") >> EmptyOperator(task_id="c", trigger_rule="none_failed")
