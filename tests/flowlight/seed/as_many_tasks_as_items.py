"""The number of tasks is known when the flow runs: called in a loop, submitted, or mapped."""

from prefect import flow, task


@task
def handle(item: str) -> str:
    return f"handled {item}"


@flow
def one_by_one(items: list[str]):
    results = []
    for item in items:
        results.append(handle(item))
    return results


@flow
def side_by_side(items: list[str]):
    futures = []
    for item in items:
        futures.append(handle.submit(item))
    return [future.result() for future in futures]


@flow
def mapped(items: list[str]):
    return handle.map(items).result()


print(one_by_one(["a", "b"]))
print(side_by_side(["a", "b", "c"]))
print(mapped(["d"]))
