"""Task ids that are put together from other values."""

from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator

PREFIX = "sales"
REGION = "eu"


def count(region, kind):
    print(region, kind)
    return f"{region}/{kind}"


with DAG(
    PREFIX + "_counts", start_date=datetime(2024, 1, 1), schedule=None, catchup=False
) as dag:
    new = PythonOperator(
        task_id="count_" + REGION + "_new",
        python_callable=count,
        op_args=[REGION, "new"],
    )
    old = PythonOperator(
        task_id=f"count_{REGION}_old",
        python_callable=count,
        op_args=[REGION, "old"],
    )
    new >> old
