# options: {"versions": [2, 3]}
from datetime import datetime

from airflow.decorators import dag, task


@task
def rows():
    return [1, 2]


@task(trigger_rule="all_failed")
def rescue():
    return "rescued"


@task
def fails(row):
    raise ValueError(f"no {row}")


@task
def join():
    return "joined"


@task(trigger_rule="none_skipped")
def unless_skipped():
    return "not skipped"


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def mapped_in_the_same_round():
    found = rows()
    joined = join()
    found >> rescue() >> joined
    fails.expand(row=found) >> joined >> unless_skipped()


mapped_in_the_same_round()
