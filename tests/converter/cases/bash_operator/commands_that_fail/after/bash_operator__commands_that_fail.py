from prefect import flow

from airflow_compat import TaskGraph, bash


@flow(name="shell", log_prints=True)
def shell():
    with TaskGraph() as graph:
        first = graph.add(bash.with_options(name="first"), "echo one; exit 3")
        second = graph.add(bash.with_options(name="second"), "echo never")
        graph.add(
            bash.with_options(name="third"), "exit 99", skip_on_exit_code=None
        )
        first >> second
    return graph.leaves


if __name__ == "__main__":
    shell()
