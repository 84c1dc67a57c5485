"""What shares a line stands on its own where one of both goes; comments in loops stay."""

import os

from prefect import flow

from airflow_compat import TaskGraph, bash

X = 1; Y = 2


@flow(name="one_line", log_prints=True)
def one_line():
    with TaskGraph() as graph:
        first = graph.add(
            bash.with_options(name="first"), "echo 1"
        )
        print(os.sep)  # both
        for name in ("a", "b"):
            # by name
            # two
            each = graph.add(bash.with_options(name=name), "echo 2")
            first >> each
    return graph.leaves


if __name__ == "__main__":
    one_line()
