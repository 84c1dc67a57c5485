from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator

TABLES = ["orders", "users", "items"]


def copy(table):
    print(f"copied {table}")
    return len(table)


def check(table, ti):
    copied = ti.xcom_pull(task_ids=f"copy_{table}")
    print(f"{table}: {copied}")


with DAG("tables", start_date=datetime(2023, 1, 1), schedule=None) as dag:
    start = EmptyOperator(task_id="start")
    finish = EmptyOperator(task_id="finish")
    for table in TABLES:
        copied = PythonOperator(
            task_id=f"copy_{table}", python_callable=copy, op_kwargs={"table": table}
        )
        checked = PythonOperator(
            task_id=f"check_{table}", python_callable=check, op_kwargs={"table": table}
        )
        start >> copied >> checked >> finish
