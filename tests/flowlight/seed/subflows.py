"""A flow that calls another one several times."""

from prefect import flow, task


@task
def read(source: str) -> list:
    return list(range(len(source)))


@task
def double(data: list) -> list:
    return [x * 2 for x in data]


@task
def write(data: list, target: str):
    print(f"{len(data)} rows to {target}")


@flow(name="One Source")
def one_source(source: str, target: str):
    """Used for each source."""
    data = double(read(source))
    write(data, target)
    return len(data)


@flow(name="All Sources")
def all_sources():
    counts = [one_source(source, f"{source}_out") for source in ("a", "bb", "ccc")]
    print(f"in all: {sum(counts)}")


all_sources()
