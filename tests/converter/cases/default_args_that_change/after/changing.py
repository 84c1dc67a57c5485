from datetime import datetime

from prefect import flow

from airflow_compat import PythonOperator, TaskGraph, airflow_run


def load():
    print("load")


RETRIES = int("1")
default_args = {"retries": RETRIES}


@flow(name="changing", log_prints=True)
def changing(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run, default_args=default_args) as graph:
        PythonOperator(task_id="load", python_callable=load)
    return graph.leaves


RETRIES = int("3")


if __name__ == "__main__":
    changing()
