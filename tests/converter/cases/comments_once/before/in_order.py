from datetime import datetime

from airflow import DAG
from airflow.decorators import dag, task
from airflow.operators.python import PythonOperator


def work():
    return 1


# About the DAG.
orders = DAG("orders", start_date=datetime(2024, 1, 1), schedule=None, catchup=False)

# About the first.
first = PythonOperator(task_id="first", python_callable=work, dag=orders)  # first
# About the second.
second = PythonOperator(task_id="second", python_callable=work, dag=orders)

# About their order.
first >> second  # in order


# About the other DAG.
@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def stock():
    @task
    def count():
        return 2

    # About the count.
    count()
    # The end of the flow.


# The call.
stock()
