from datetime import datetime

from prefect import flow

from airflow_compat import airflow_run, bash


@flow(name="shell", log_prints=True)
def shell(logical_date: datetime | None = None):
    run = airflow_run(logical_date, airflow=3)
    bash.with_options(name="say")(f"echo {run.ds}")


if __name__ == "__main__":
    shell()
