import os
from contextlib import suppress
from datetime import datetime

from prefect import flow, task

import settings

A = {"start_date": datetime(2024, 1, 1), "catchup": False}

if os.environ.get("ENV", "dev") == "prod":
    BRANCH = "@hourly"
    ALIKE = "@weekly"
else:
    BRANCH = "@daily"
    ALIKE = "@weekly"

TRIED = "@daily"
try:
    TRIED = os.environ["SCHEDULE"]
    OTHER = "@hourly"
except KeyError:
    OTHER = "@daily"

LOOPED = None
for word in os.environ.get("SCHEDULES", "").split():
    LOOPED = "@hourly"

WHILE = "@daily"
while os.environ.get("MORE"):
    WHILE = "@hourly"
    break

SUPPRESSED = "@daily"
with suppress(KeyError):
    SUPPRESSED = "@hourly"

match os.environ.get("ENV"):
    case "prod":
        MATCHED = "@hourly"
    case _:
        MATCHED = "@daily"


def pick():
    if os.environ.get("ENV") == "prod":
        return "@hourly"
    return "@daily"


SHARED = "@daily"


def share():
    global SHARED
    SHARED = "@hourly"


if os.environ.get("SHARE"):
    share()

TABLE = {"schedule": "@daily"}
if os.environ.get("TABLE"):
    TABLE["schedule"] = "@hourly"


@task
def start():
    """Marks a place in the graph and does nothing."""


@flow(name="branch", log_prints=True)
def branch_flow():
    start()


@task(name="start")
def start_task():
    """Marks a place in the graph and does nothing."""


@flow(name="alike", log_prints=True)
def alike():
    start_task()


@task(name="start")
def start_task_2():
    """Marks a place in the graph and does nothing."""


@flow(name="other", log_prints=True)
def other():
    start_task_2()


@task(name="start")
def start_task_3():
    """Marks a place in the graph and does nothing."""


@flow(name="tried", log_prints=True)
def tried():
    start_task_3()


@task(name="start")
def start_task_4():
    """Marks a place in the graph and does nothing."""


@flow(name="looped", log_prints=True)
def looped():
    start_task_4()


@task(name="start")
def start_task_5():
    """Marks a place in the graph and does nothing."""


@flow(name="while", log_prints=True)
def while_flow():
    start_task_5()


@task(name="start")
def start_task_6():
    """Marks a place in the graph and does nothing."""


@flow(name="suppressed", log_prints=True)
def suppressed():
    start_task_6()


@task(name="start")
def start_task_7():
    """Marks a place in the graph and does nothing."""


@flow(name="matched", log_prints=True)
def matched():
    start_task_7()


@task(name="start")
def start_task_8():
    """Marks a place in the graph and does nothing."""


@flow(name="picked", log_prints=True)
def picked():
    start_task_8()


@task(name="start")
def start_task_9():
    """Marks a place in the graph and does nothing."""


@flow(name="shared", log_prints=True)
def shared():
    start_task_9()


@task(name="start")
def start_task_10():
    """Marks a place in the graph and does nothing."""


@flow(name="table", log_prints=True)
def table():
    start_task_10()


@task(name="start")
def start_task_11():
    """Marks a place in the graph and does nothing."""


@flow(name="imported", log_prints=True)
def imported():
    start_task_11()


@task(name="start")
def start_task_12():
    """Marks a place in the graph and does nothing."""


@flow(name="known", log_prints=True)
def known():
    start_task_12()


@task(name="start")
def start_task_13():
    """Marks a place in the graph and does nothing."""


@flow(name="expression", log_prints=True)
def expression():
    start_task_13()


# The same name, settled at each place where it is used.
WHEN = "@hourly"


@task(name="start")
def start_task_14():
    """Marks a place in the graph and does nothing."""


@flow(name="first", log_prints=True)
def first():
    start_task_14()


WHEN = "@daily"


@task(name="start")
def start_task_15():
    """Marks a place in the graph and does nothing."""


@flow(name="second", log_prints=True)
def second():
    start_task_15()


GLOBAL = "@hourly"
globals()["GLOBAL"] = "@weekly"


@task(name="start")
def start_task_16():
    """Marks a place in the graph and does nothing."""


@flow(name="global", log_prints=True)
def global_flow():
    start_task_16()


settings.CHANGED = "@weekly"


@task(name="start")
def start_task_17():
    """Marks a place in the graph and does nothing."""


@flow(name="changed", log_prints=True)
def changed():
    start_task_17()


if __name__ == "__main__":
    branch_flow()
    alike()
    other()
    tried()
    looped()
    while_flow()
    suppressed()
    matched()
    picked()
    shared()
    table()
    imported()
    known()
    expression()
    first()
    second()
    global_flow()
    changed()
