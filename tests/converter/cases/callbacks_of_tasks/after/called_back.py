"""What is called back before a try, after a success and after a failure."""

from datetime import datetime

from prefect import flow, task

from airflow_compat import airflow_run, bash, on_execute, on_failure, on_success
from alerts import cry, tell
from messages import send


def begins(context):
    print("begins", context["ti"].task_id, context["ds"])


def works(context):
    print("works", context["task_instance"].task_id)


@task(
    name="fails",
    retries=1,
    retry_delay_seconds=0,
    on_failure=[on_failure(cry)],
    on_completion=[on_success(works)],
    on_running=[on_execute(begins)],
)
def fail():
    raise ValueError("no")


@flow(name="called_back", log_prints=True)
def called_back(logical_date: datetime | None = None):
    airflow_run(logical_date)
    fails = fail.submit()
    says = bash.with_options(
        name="says",
        on_failure=[on_failure(cry)],
        on_completion=[on_success(tell), on_success(send)],
        on_running=[on_execute(begins)],
    ).submit(
        "echo said"
    )
    quiet = bash.with_options(name="quiet").submit("echo quiet")
    return [fails, says, quiet]


if __name__ == "__main__":
    called_back()
