from prefect import flow

from airflow_compat import bash


def make_dag(name, schedule=None, **kwargs):
    @flow(name=f"ingest_{name}", log_prints=True)
    def dag():
        bash.with_options(name="start")(f"echo {name}")

    return dag
