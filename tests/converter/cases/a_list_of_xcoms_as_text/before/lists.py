"""Airflow 2 gives several XComs as a sequence that prints its length alone."""

from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator


def number(n):
    return n


def show(ti):
    values = ti.xcom_pull(task_ids=["a", "b"])
    print(values, [*values], len(values), values == [1, 2], values[1])
    return f"{ti.xcom_pull(task_ids=('a',))}"


with DAG("lists", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
    a = PythonOperator(task_id="a", python_callable=number, op_args=[1])
    b = PythonOperator(task_id="b", python_callable=number, op_args=[2])
    c = PythonOperator(task_id="c", python_callable=show)
    d = BashOperator(
        task_id="d",
        bash_command="echo \"{{ ti.xcom_pull(task_ids=['a', 'b']) }} {{ ti.xcom_pull(task_ids=['a', 'b'])[0] }}\"",
    )
    [a, b] >> c >> d
