from prefect import flow, task

from airflow_compat import TaskGraph


@task
def make():
    return {"b": 1}


@task(name="last")
def tell(value):
    return value


@task
def push(ti):
    ti.xcom_push(key="b", value=2)


@task
def split() -> dict:
    return {"b": 3}


@task
def show(value=None):
    print(value)
    return value


@flow(name="entries", log_prints=True)
def entries():
    with TaskGraph() as graph:
        made = graph.add(make)
        graph.add(show, made.output["b"], unique=True, trigger_rule="all_done")
        pushed = graph.add(push)
        graph.add(show, pushed.output["b"], unique=True, trigger_rule="all_done")
        parts = graph.add(split, multiple_outputs=True)
        graph.add(show, parts["b"], unique=True, trigger_rule="all_done")
        graph.add(show, parts["c"], unique=True, trigger_rule="all_done")
    return graph.leaves


@flow(name="chained", log_prints=True)
def chained():
    with TaskGraph() as graph:
        found = graph.add(make)
        graph.add(tell, found.output["b"])
    return graph.leaves


@flow(name="kept", log_prints=True)
def kept():
    split()
    make.with_options(name="last")()


if __name__ == "__main__":
    entries()
    chained()
    kept()
