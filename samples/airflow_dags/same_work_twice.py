"""One callable for several tasks: it stays one function, called under several names."""

from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def check(table, limit=10):
    print(f"check {table} against {limit}")
    return limit


def report():
    print("all checked")


with DAG(
    "same_work_twice", start_date=datetime(2024, 1, 1), schedule=None, catchup=False
) as dag:
    customers = PythonOperator(
        task_id="check_customers",
        python_callable=check,
        op_kwargs={"table": "customers"},
    )
    orders = PythonOperator(
        task_id="check_orders",
        python_callable=check,
        op_args=["orders", 20],
    )
    reported = PythonOperator(task_id="report", python_callable=report)

    [customers, orders] >> reported
