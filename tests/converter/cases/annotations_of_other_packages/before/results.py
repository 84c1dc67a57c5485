"""Classes of other packages: what is a mapping there cannot be read."""

from datetime import date, datetime

import pandas as pd
from acme.results import Result
from airflow.decorators import dag, task


@task
def load() -> Result:
    return Result(rows=1)


@task(multiple_outputs=False)
def said() -> Result:
    return Result(rows=1)


@task
def frame() -> pd.DataFrame:
    return pd.DataFrame()


@task
def day() -> date:
    return date(2024, 1, 1)


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def results():
    load()
    said()
    frame()
    day()


results()
