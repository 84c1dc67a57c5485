from datetime import datetime

from prefect import flow, task

from airflow_compat import airflow_run, on_failure


def tell(context):
    print("told")


@task(
    name="three",
    retries=2,
    retry_delay_seconds=5,
    timeout_seconds=60,
    on_failure=[on_failure(tell)],
)
def add(a, b, c=0):
    return a + b + c


@flow(name="sums", log_prints=True)
def sums(logical_date: datetime | None = None):
    airflow_run(logical_date)
    add(1, b=2, c=3)


if __name__ == "__main__":
    sums()
