from prefect import flow, task

from airflow_compat import days_ago

SETTINGS = {
    "start_date": days_ago(3),
    "retries": 1,
}


@task(retries=1, retry_delay_seconds=300)
def start():
    """Marks a place in the graph and does nothing."""


@flow(name="marks", log_prints=True)
def marks():
    start()


if __name__ == "__main__":
    marks()
