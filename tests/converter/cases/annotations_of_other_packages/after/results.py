"""Classes of other packages: what is a mapping there cannot be read."""

from datetime import date

import pandas as pd
from acme.results import Result
from prefect import flow, task


@task
def load() -> Result:
    return Result(rows=1)


@task
def said() -> Result:
    return Result(rows=1)


@task
def frame() -> pd.DataFrame:
    return pd.DataFrame()


@task
def day() -> date:
    return date(2024, 1, 1)


@flow(name="results", log_prints=True)
def results():
    load_run = load.submit()
    said_run = said.submit()
    frame_run = frame.submit()
    day_run = day.submit()
    return [load_run, said_run, frame_run, day_run]


if __name__ == "__main__":
    results()
