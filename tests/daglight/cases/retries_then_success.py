from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.python import PythonOperator


def flaky(ti):
    ti.xcom_push(key=f"try_{ti.try_number}", value=ti.try_number)
    print("try", ti.try_number, "of", ti.max_tries)
    if ti.try_number < 3:
        raise ValueError("not yet")
    return "done"


with DAG("retries_then_success", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    a = PythonOperator(
        task_id="a", python_callable=flaky, retries=3, retry_delay=timedelta(seconds=0.2)
    )
    a >> PythonOperator(
        task_id="b", python_callable=lambda ti: ti.xcom_pull(task_ids="a", key="try_1")
    )
