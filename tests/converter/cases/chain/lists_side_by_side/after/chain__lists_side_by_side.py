from prefect import flow

from airflow_compat import TaskGraph, bash, chain, cross_downstream


@flow(name="marks", log_prints=True)
def marks():
    with TaskGraph() as graph:
        a, b, c, d, e = [
            graph.add(bash.with_options(name=n), f"echo {n}") for n in "abcde"
        ]
        chain(a, [b, c], d)
        cross_downstream([b, c], [d, e])
    return graph.leaves


if __name__ == "__main__":
    marks()
