from datetime import datetime

import pendulum
from prefect import flow, task

START = pendulum.datetime(2024, 1, 1, tz="Asia/Seoul")
TZ = pendulum.timezone("Europe/Paris")
ARGS = {"start_date": datetime(2024, 1, 1, tzinfo=TZ)}


@task
def start():
    """Marks a place in the graph and does nothing."""


@flow(name="constant", log_prints=True)
def constant():
    start()


@task(name="start")
def start_task():
    """Marks a place in the graph and does nothing."""


@flow(name="defaults", log_prints=True)
def defaults():
    start_task()


@task(name="start")
def start_task_2():
    """Marks a place in the graph and does nothing."""


@flow(name="tzinfo", log_prints=True)
def tzinfo():
    start_task_2()


@task(name="start")
def start_task_3():
    """Marks a place in the graph and does nothing."""


@flow(name="other", log_prints=True)
def other():
    start_task_3()


@task(name="start")
def start_task_4():
    """Marks a place in the graph and does nothing."""


@flow(name="other_defaults", log_prints=True)
def other_defaults():
    start_task_4()


@task(name="start")
def start_task_5():
    """Marks a place in the graph and does nothing."""


@flow(name="other_zone", log_prints=True)
def other_zone():
    start_task_5()


# Airflow takes the zone of the date in `default_args` where `start_date` has none.
@task(name="start")
def start_task_6():
    """Marks a place in the graph and does nothing."""


@flow(name="both", log_prints=True)
def both():
    start_task_6()


@task(name="start")
def start_task_7():
    """Marks a place in the graph and does nothing."""


@flow(name="moved", log_prints=True)
def moved():
    start_task_7()


@task(name="start")
def start_task_8():
    """Marks a place in the graph and does nothing."""


@flow(name="replaced", log_prints=True)
def replaced():
    start_task_8()


@task(name="start")
def start_task_9():
    """Marks a place in the graph and does nothing."""


@flow(name="today", log_prints=True)
def today():
    start_task_9()


@task(name="start")
def start_task_10():
    """Marks a place in the graph and does nothing."""


@flow(name="plain", log_prints=True)
def plain():
    start_task_10()


@task(name="start")
def start_task_11():
    """Marks a place in the graph and does nothing."""


@flow(name="run", log_prints=True)
def run():
    start_task_11()


@task(name="start")
def start_task_12():
    """Marks a place in the graph and does nothing."""


@flow(name="zoneinfo", log_prints=True)
def zoneinfo():
    start_task_12()


if __name__ == "__main__":
    constant()
    defaults()
    tzinfo()
    other()
    other_defaults()
    other_zone()
    both()
    moved()
    replaced()
    today()
    plain()
    run()
    zoneinfo()
