from datetime import datetime, timedelta

from airflow.decorators import dag, task


@task(
    task_id="numbers",
    retries=2,
    retry_delay=timedelta(seconds=5),
    execution_timeout=timedelta(minutes=1),
    multiple_outputs=True,
)
def read():
    return {"low": 1, "high": 9}


@task.python
def span(low, high, *, unit="cm"):
    return f"{high - low} {unit}"


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def measure():
    numbers = read()
    span(numbers["low"], high=numbers["high"], unit="mm")


measure()
