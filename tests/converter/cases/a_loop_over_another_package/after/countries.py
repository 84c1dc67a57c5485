import os
from datetime import datetime

from acme.constants import COUNTRIES
from prefect import flow

from airflow_compat import TaskGraph, airflow_run, bash, template


@flow(name="countries", log_prints=True)
def countries(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        for country in COUNTRIES:
            graph.add(
                bash.with_options(name=f"load_{country}"), template(f"echo {country}")
            )
        # What a run computes by itself is no such loop, nor is one that makes nothing.
        for number in range(int(os.environ.get("COUNT", "2"))):
            graph.add(
                bash.with_options(name=f"count_{number}"), template(f"echo {number}")
            )
        for country in COUNTRIES:
            print(country)
    return graph.leaves


if __name__ == "__main__":
    countries()
