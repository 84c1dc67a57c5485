"""Two sources are read side by side, joined, and one of them is audited on its own."""

from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def fetch_orders():
    return [
        {"id": 1, "amount": 20, "currency": "EUR"},
        {"id": 2, "amount": 5, "currency": "USD"},
    ]


def fetch_rates():
    return {"EUR": 1.0, "USD": 0.5}


def price(ti):
    orders = ti.xcom_pull(task_ids="fetch_orders")
    rates = ti.xcom_pull(task_ids="fetch_rates")
    return sum(order["amount"] * rates[order["currency"]] for order in orders)


def audit(ti):
    orders = ti.xcom_pull(task_ids="fetch_orders")
    print(f"{len(orders)} orders")


with DAG(
    "price_orders", start_date=datetime(2024, 1, 1), schedule=None, catchup=False
) as dag:
    orders = PythonOperator(task_id="fetch_orders", python_callable=fetch_orders)
    rates = PythonOperator(task_id="fetch_rates", python_callable=fetch_rates)
    priced = PythonOperator(task_id="price", python_callable=price)
    audited = PythonOperator(task_id="audit", python_callable=audit)

    [orders, rates] >> priced
    orders >> audited
