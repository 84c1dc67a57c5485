"""A task's result decides which task runs."""

from prefect import flow, task


@task
def is_large(data: dict) -> bool:
    return data.get("count", 0) > 100


@task
def in_parts(data: dict):
    print(f"in parts: {data['count']}")


@task
def at_once(data: dict):
    print(f"at once: {data['count']}")


@flow
def choose(data: dict):
    if is_large(data):
        in_parts(data)
    else:
        at_once(data)


choose({"count": 150})
choose({"count": 50})
