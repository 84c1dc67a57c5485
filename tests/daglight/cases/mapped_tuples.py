from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.operators.python import PythonOperator

with DAG("mapped_tuples", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def numbers():
        return [1, 2]

    @task
    def words():
        return ["a", "{{ ds }}"]

    @task
    def show(value):
        print(value)

    def also(value):
        print(value)

    n, w = numbers(), words()
    show.override(task_id="zipped").expand(value=n.zip(w))
    show.override(task_id="listed").expand(value=n.zip(w).map(lambda one: [one]))
    show.override(task_id="in_dict").expand(value=n.map(lambda one: {"a": (one, {one})}))
    show.override(task_id="texts").expand(value=w.map(lambda one: (one, one)))
    PythonOperator.partial(task_id="arguments", python_callable=also).expand(
        op_args=n.zip(w).map(lambda one: [one])
    )
    PythonOperator.partial(task_id="keywords", python_callable=also).expand_kwargs(
        n.zip(w).map(lambda one: {"op_args": [one]})
    )
