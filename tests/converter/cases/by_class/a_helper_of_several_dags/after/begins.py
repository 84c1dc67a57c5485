from datetime import datetime, timedelta

from prefect import flow

from airflow_compat import EmptyOperator, PythonOperator, TaskGraph, airflow_run

A = {"start_date": datetime(2024, 1, 1), "schedule": None, "catchup": False}


def again(ti):
    if ti.try_number < 3:
        raise ValueError("again")


def begin():
    first = EmptyOperator(task_id="begin")
    first >> PythonOperator(task_id="again", python_callable=again)


@flow(name="one", log_prints=True)
def one(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(
        run, default_args={"retries": 1, "retry_delay": timedelta(0)}
    ) as graph:
        begin()
    return graph.leaves


@flow(name="two", log_prints=True)
def two(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(
        run, default_args={"retries": 2, "retry_delay": timedelta(0)}
    ) as graph:
        begin()
    return graph.leaves


if __name__ == "__main__":
    one()
    two()
