import os
from contextlib import suppress
from datetime import datetime

import settings
from airflow import DAG
from airflow.operators.empty import EmptyOperator
from settings import IMPORTED, KNOWN

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

with DAG("branch", schedule=BRANCH, **A):
    EmptyOperator(task_id="start")
with DAG("alike", schedule=ALIKE, **A):
    EmptyOperator(task_id="start")
with DAG("other", schedule=OTHER, **A):
    EmptyOperator(task_id="start")
with DAG("tried", schedule=TRIED, **A):
    EmptyOperator(task_id="start")
with DAG("looped", schedule=LOOPED, **A):
    EmptyOperator(task_id="start")
with DAG("while", schedule=WHILE, **A):
    EmptyOperator(task_id="start")
with DAG("suppressed", schedule=SUPPRESSED, **A):
    EmptyOperator(task_id="start")
with DAG("matched", schedule=MATCHED, **A):
    EmptyOperator(task_id="start")
with DAG("picked", schedule=pick(), **A):
    EmptyOperator(task_id="start")
with DAG("shared", schedule=SHARED, **A):
    EmptyOperator(task_id="start")
with DAG("table", schedule=TABLE["schedule"], **A):
    EmptyOperator(task_id="start")
with DAG("imported", schedule=IMPORTED, **A):
    EmptyOperator(task_id="start")
with DAG("known", schedule=KNOWN, **A):
    EmptyOperator(task_id="start")
with DAG("expression", schedule="@hourly" if os.environ.get("ENV") else "@daily", **A):
    EmptyOperator(task_id="start")

# The same name, settled at each place where it is used.
WHEN = "@hourly"
with DAG("first", schedule=WHEN, **A):
    EmptyOperator(task_id="start")
WHEN = "@daily"
with DAG("second", schedule=WHEN, **A):
    EmptyOperator(task_id="start")

GLOBAL = "@hourly"
globals()["GLOBAL"] = "@weekly"
with DAG("global", schedule=GLOBAL, **A):
    EmptyOperator(task_id="start")

settings.CHANGED = "@weekly"
with DAG("changed", schedule=settings.CHANGED, **A):
    EmptyOperator(task_id="start")
