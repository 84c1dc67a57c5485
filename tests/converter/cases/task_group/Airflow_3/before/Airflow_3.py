from datetime import datetime

from airflow.sdk import DAG, TaskGroup, task


@task
def numbers():
    return [1, 2]


@task
def total(values):
    return sum(values)


@task
def show(ti):
    print(ti.task_id, ti.xcom_pull(task_ids="outer.inner.total"))


with DAG("grouped", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
    with TaskGroup("outer", group_display_name="Outer", doc_md="all of it"):
        with TaskGroup("inner") as inner:
            total(numbers())
        inner >> show()
