"""A task for every table of a constant; the loop stays a loop."""

from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator

TABLES = ["customers", "orders", "invoices"]


def copy(table):
    print(f"copy {table}")
    return len(table)


with DAG(
    "copy_tables", start_date=datetime(2024, 1, 1), schedule="@daily", catchup=False
) as dag:
    start = EmptyOperator(task_id="start")
    finish = EmptyOperator(task_id="finish")

    for table in TABLES:
        copied = PythonOperator(
            task_id=f"copy_{table}",
            python_callable=copy,
            op_kwargs={"table": table},
        )
        start >> copied >> finish
