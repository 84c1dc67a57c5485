"""TaskFlow: what a task returns is handed to the next ones as an argument."""

from datetime import datetime

from airflow.decorators import dag, task


@task
def read():
    return [3, 1, 2]


@task
def smallest(numbers):
    return min(numbers)


@task
def largest(numbers):
    return max(numbers)


@task(task_id="report")
def write_report(low, high, unit="cm"):
    print(f"from {low} to {high} {unit}")
    return {"low": low, "high": high}


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False, tags=["example"])
def diamond():
    numbers = read()
    write_report(smallest(numbers), largest(numbers), unit="mm")


diamond()
