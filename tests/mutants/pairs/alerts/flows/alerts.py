from airflow_compat import on_failure
from prefect import flow, task


def page(context):
    print("paged")


def close_ticket(context):
    print("closed")


@task(on_failure=[on_failure(page)])
def fine():
    return "ok"


@task(on_failure=[on_failure(page)])
def broken():
    raise KeyError("customer")


@flow(name="alerts", log_prints=True, on_failure=[on_failure(close_ticket)])
def alerts():
    fine()
    broken()


if __name__ == "__main__":
    alerts()
