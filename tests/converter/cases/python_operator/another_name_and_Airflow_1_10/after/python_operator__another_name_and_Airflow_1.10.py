from datetime import datetime

from prefect import flow, task

from airflow_compat import airflow_run


@task
def hello(ds):
    print(ds)


@flow(name="greet", log_prints=True)
def greet(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    hello(ds=run.ds)


if __name__ == "__main__":
    greet()
