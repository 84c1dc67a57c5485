# options: {"versions": [3]}
import time
from datetime import datetime, timedelta

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG


def slow():
    try:
        time.sleep(30)
    except Exception:
        return "swallowed"


with DAG("timeout", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    a = PythonOperator(
        task_id="a",
        python_callable=slow,
        execution_timeout=timedelta(seconds=1),
        retries=1,
        retry_delay=timedelta(0),
    )
    a >> EmptyOperator(task_id="b")
    PythonOperator(
        task_id="quick", python_callable=lambda: 1, execution_timeout=timedelta(seconds=20)
    )
