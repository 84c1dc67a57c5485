"""A loop over a literal; every turn waits for the one before."""

from prefect import flow

from airflow_compat import TaskGraph, bash


@flow(name="ping_hosts", log_prints=True)
def ping_hosts():
    with TaskGraph() as graph:
        previous = None
        for number, host in enumerate(("alpha", "beta", "gamma")):
            ping = graph.add(
                bash.with_options(name=f"ping_{number}"), f"echo ping {host}"
            )
            if previous is not None:
                previous >> ping
            previous = ping
    return graph.leaves


if __name__ == "__main__":
    ping_hosts()
