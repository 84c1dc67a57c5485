from datetime import datetime

from airflow_compat import airflow_run, bash
from prefect import flow, task


@task
def read(counted):
    return int(counted) + 1


@flow(name="shell", log_prints=True)
def shell(logical_date: datetime | None = None):
    run = airflow_run(logical_date, schedule="@daily")
    counted = bash.with_options(name="count")(
        f"echo counting {run.ds}; printf '%s' \"$N\"", env={"N": "41"}
    )
    read(counted)


if __name__ == "__main__":
    shell()
