from itertools import product

from prefect import flow, task

REGIONS = ["eu", "us"]
MONTHS = [1, 2]


@task
def collect(region, month):
    return f"{region}-{month}"


@flow(name="grid")
def grid():
    collected = []
    for region, month in product(REGIONS, MONTHS):
        named = collect.with_options(name=f"collect_{region}_{month}")
        collected.append(named.submit(region=region, month=month))
    return collected


if __name__ == "__main__":
    grid()
