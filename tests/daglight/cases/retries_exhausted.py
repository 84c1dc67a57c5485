from datetime import datetime, timedelta

from airflow import DAG
from airflow.exceptions import AirflowFailException
from airflow.operators.python import PythonOperator


def bad(ti):
    ti.xcom_push(key="seen", value=ti.try_number)
    raise ValueError("never")


def hopeless():
    raise AirflowFailException("no use")


with DAG(
    "retries_exhausted",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    default_args={"retries": 2, "retry_delay": timedelta(seconds=0.1)},
) as dag:
    a = PythonOperator(task_id="a", python_callable=bad)
    b = PythonOperator(task_id="b", python_callable=hopeless)
    c = PythonOperator(task_id="c", python_callable=bad, retries=0)
    [a, b, c] >> PythonOperator(
        task_id="after",
        trigger_rule="all_done",
        python_callable=lambda ti: ti.xcom_pull(task_ids="a", key="seen"),
    )
