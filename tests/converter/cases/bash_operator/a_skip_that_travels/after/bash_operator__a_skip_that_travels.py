from prefect import flow

from airflow_compat import TaskGraph, bash


@flow(name="shell", log_prints=True)
def shell():
    with TaskGraph() as graph:
        zero = graph.add(bash.with_options(name="zero"), "echo once")
        first = graph.add(bash.with_options(name="first"), "exit 99")
        second = graph.add(bash.with_options(name="second"), "echo never")
        zero >> first >> second
    return graph.leaves


if __name__ == "__main__":
    shell()
