from datetime import datetime

from airflow_compat import airflow_run
from prefect import flow, task


@task
def load(day, until, ds_nodash):
    print(f"loading {day} until {until}")
    return f"sales_{ds_nodash}"


@flow(name="dates", log_prints=True)
def dates(logical_date: datetime | None = None):
    run = airflow_run(logical_date, schedule="0 6 * * *")
    load(day=run.ds, until=f"{run.data_interval_end}", ds_nodash=run.ds_nodash)


if __name__ == "__main__":
    dates()
