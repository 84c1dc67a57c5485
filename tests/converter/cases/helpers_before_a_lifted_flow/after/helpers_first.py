from prefect import flow, task

from airflow_compat import TaskGraph


@task
def tell(word):
    print(word)
    return word


def make(name):
    return TaskGraph.current().add(tell.with_options(name=name), name)


@flow(name="helped", log_prints=True)
def helped():
    with TaskGraph() as graph:
        make("a") >> make("b")
    return graph.leaves


@flow(name="plain", log_prints=True)
def plain():
    first = tell.with_options(name="first")("x")
    tell.with_options(name="second")(first)


if __name__ == "__main__":
    helped()
    plain()
