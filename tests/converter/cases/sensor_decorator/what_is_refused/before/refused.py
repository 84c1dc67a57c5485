from datetime import datetime

from airflow.decorators import dag, task


@task.sensor(mode="sleep")
def one():
    return True


@task.sensor(multiple_outputs=True)
def two():
    return True


@task.sensor(unknown=1)
def three():
    return True


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def refused():
    one()
    two()
    three()


refused()
