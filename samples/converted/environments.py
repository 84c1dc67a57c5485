"""An `if` at build time: production has one task more."""

import os

from prefect import flow, task

from airflow_compat import TaskGraph, bash

PRODUCTION = os.environ.get("DEPLOYMENT") == "production"


@task
def do_not_publish():
    """Marks a place in the graph and does nothing."""


@flow(name="environments", log_prints=True)
def environments():
    with TaskGraph() as graph:
        build = graph.add(bash.with_options(name="build"), "echo build")
        if PRODUCTION:
            publish = graph.add(bash.with_options(name="publish"), "echo publish")
        else:
            publish = graph.add(do_not_publish)
        build >> publish
    return graph.leaves


if __name__ == "__main__":
    environments()
