from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator


def fetch_orders():
    return {"a": 10, "b": 20}


def fetch_rates():
    return {"a": 0.5, "b": 0.25}


def price(ti):
    orders = ti.xcom_pull(task_ids="fetch_orders")
    rates = ti.xcom_pull(task_ids="fetch_rates")
    return sum(orders[key] * rates[key] for key in orders)


def audit():
    print("audited")


with DAG("fan", start_date=datetime(2023, 1, 1), schedule=None) as dag:
    orders = PythonOperator(task_id="fetch_orders", python_callable=fetch_orders)
    rates = PythonOperator(task_id="fetch_rates", python_callable=fetch_rates)
    priced = PythonOperator(task_id="price", python_callable=price)
    audited = PythonOperator(task_id="audit", python_callable=audit)
    done = EmptyOperator(task_id="done")
    [orders, rates] >> priced
    orders >> audited
    [priced, audited] >> done
