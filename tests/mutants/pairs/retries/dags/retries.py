from datetime import datetime, timedelta
from pathlib import Path

from airflow import DAG
from airflow.operators.python import PythonOperator


def fetch():
    marker = Path("attempts")
    attempt = int(marker.read_text()) + 1 if marker.exists() else 1
    marker.write_text(str(attempt))
    print(f"attempt {attempt}")
    if attempt < 3:
        raise ConnectionError("not yet")
    return attempt


def report(ti):
    print(f"fetched after {ti.xcom_pull(task_ids='fetch')} attempts")


with DAG(
    "retries",
    start_date=datetime(2023, 1, 1),
    schedule=None,
    default_args={"retries": 1, "retry_delay": timedelta(seconds=0.02)},
) as dag:
    fetched = PythonOperator(
        task_id="fetch",
        python_callable=fetch,
        retries=3,
        retry_delay=timedelta(seconds=0.01),
        execution_timeout=timedelta(minutes=5),
    )
    reported = PythonOperator(task_id="report", python_callable=report)
    fetched >> reported
