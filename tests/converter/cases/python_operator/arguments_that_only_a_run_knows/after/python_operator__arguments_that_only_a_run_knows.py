import json
from datetime import datetime

from prefect import flow

from airflow_compat import PythonOperator, TaskGraph, airflow_run

options = json.loads('{"retries": 1}')


def hello():
    print("hello")


@flow(name="greet", log_prints=True)
def greet(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        PythonOperator(task_id="hello", python_callable=hello, **options)
    return graph.leaves


if __name__ == "__main__":
    greet()
