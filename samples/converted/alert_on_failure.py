"""A task that keeps failing is tried again, and then somebody is told."""

from datetime import datetime

from prefect import flow, task

from airflow_compat import airflow_run, on_failure


def tell_somebody(context):
    print(f"{context['ti'].task_id} failed: {context['exception']}")


@task(
    name="call_service",
    retries=2,
    retry_delay_seconds=0.1,
    on_failure=[on_failure(tell_somebody)],
)
def unreliable():
    print("trying")
    raise RuntimeError("the service is away")


@task
def carry_on():
    return "done"


@flow(name="alert_on_failure", log_prints=True)
def alert_on_failure(logical_date: datetime | None = None):
    airflow_run(logical_date)
    call_service = unreliable.submit()
    carry_on_run = carry_on.submit()
    return [call_service, carry_on_run]


if __name__ == "__main__":
    alert_on_failure()
