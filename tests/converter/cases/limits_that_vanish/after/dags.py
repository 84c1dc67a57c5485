from datetime import datetime

from prefect import flow

from airflow_compat import bash

A = {"start_date": datetime(2024, 1, 1), "schedule": None, "catchup": False}


@flow(name="tasks", log_prints=True)
def tasks():
    bash.with_options(name="say")("true")


@flow(name="old", log_prints=True)
def old():
    bash.with_options(name="say")("true")


@flow(name="runs", log_prints=True)
def runs():
    bash.with_options(name="say")("true")


@flow(name="computed", log_prints=True)
def computed():
    bash.with_options(name="say")("true")


@flow(name="defaults", log_prints=True)
def defaults():
    bash.with_options(name="say")("true")


@flow(name="neutral", log_prints=True)
def neutral():
    bash.with_options(name="say")("true")


@flow(name="ends", log_prints=True)
def ends():
    bash.with_options(name="say")("true")


def make(name, runs):
    @flow(name=name, log_prints=True)
    def dag():
        bash.with_options(name="say")("true")

    return dag


one = make("one", 1)
two = make("two", 2)


@flow(name="own", log_prints=True)
def own():
    one_run = bash.with_options(name="one").submit("true")
    two_run = bash.with_options(name="two").submit("true")
    return [one_run, two_run]


if __name__ == "__main__":
    tasks()
    old()
    runs()
    computed()
    defaults()
    neutral()
    ends()
    own()
