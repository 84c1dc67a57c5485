from datetime import datetime

from airflow.decorators import dag, task


@task
def first():
    return 1


def doubled(name, value):
    @task(task_id=f"double_{name}")
    def double(number):
        return number * 2

    return double(value)


@dag(schedule=None, start_date=datetime(2024, 1, 1), catchup=False)
def nested():
    value = first()
    doubled("once", value)
    doubled("again", doubled("twice", value))


nested()
