import os

from prefect import flow

from airflow_compat import bash


def make(name):
    @flow(name=f"load_{name}", log_prints=True)
    def dag():
        bash.with_options(name="say")("true")

    return dag


def held(name):
    @flow(name=name, log_prints=True)
    def dag():
        bash.with_options(name="say")("true")

    return dag


unknown = make(os.environ.get("NAME", "orders"))
known = held("known")
listed = [held("listed")]
