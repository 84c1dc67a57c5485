from datetime import datetime

from prefect import flow, task

from airflow_compat import airflow_run, on_success

NAME = "What it is for."
KW = {"start_date": datetime(2024, 1, 1), "catchup": False, "schedule": "@daily", "tags": ["shop"]}


@task
def work():
    return 1


def notify(context):
    print(context["dag"].dag_id)


@flow(name="spread", log_prints=True)
def spread():
    work()


@flow(name="many", on_completion=[on_success(notify, task_id="work")], log_prints=True)
def many(logical_date: datetime | None = None):
    airflow_run(
        logical_date, schedule="0 0 * * *", user_defined_macros={"shout": str.upper}
    )
    work()


@flow(name="words", log_prints=True)
def words():
    work()


@flow(name="runs", log_prints=True)
def runs():
    work()


WHEN = "@hourly"


@flow(name="decorated", log_prints=True)
def decorated():
    work()


WHEN = "@daily"


if __name__ == "__main__":
    spread()
    many()
    words()
    runs()
    decorated()
