from prefect import flow

from airflow_compat import bash


def make(name):
    @flow(name=name, log_prints=True)
    def dag():
        bash.with_options(name="say")(f"echo {name}")

    return dag
