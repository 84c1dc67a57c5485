"""Whether a result has strings as keys, the run sees; if not, the task fails as in Airflow."""

from prefect import flow, task

from airflow_compat import TaskGraph

ONE = 1


@task
def numbers() -> dict:
    return {ONE: "one"}


@task
def words(text="a b"):
    found = text.split()
    return {word: len(word) for word in found}


@task
def sizes():
    return {"low": 1, "high": 2}


@flow(name="keys", log_prints=True)
def keys():
    with TaskGraph() as graph:
        graph.add(numbers, multiple_outputs=True)
    return graph.leaves


@flow(name="more_keys", log_prints=True)
def more_keys():
    with TaskGraph() as graph:
        graph.add(words, multiple_outputs=True)
        graph.add(sizes, multiple_outputs=True)
    return graph.leaves


if __name__ == "__main__":
    keys()
    more_keys()
