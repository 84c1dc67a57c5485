from datetime import datetime

from prefect import flow, task

from airflow_compat import airflow_run


@task
def show(before, after, day):
    print(repr(before), repr(after), day)


@flow(name="without_a_schedule", log_prints=True)
def without_a_schedule(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    show(f"{run.prev_ds}", f"{run.next_ds_nodash}", run.ds)


if __name__ == "__main__":
    without_a_schedule()
