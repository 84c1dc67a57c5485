"""Task ids that are put together from other values."""

from prefect import flow, task

PREFIX = "sales"
REGION = "eu"


@task
def count(region, kind):
    print(region, kind)
    return f"{region}/{kind}"


@flow(name=PREFIX + "_counts", log_prints=True)
def sales_counts():
    count.with_options(name="count_eu_new")(REGION, "new")
    count.with_options(name="count_eu_old")(REGION, "old")


if __name__ == "__main__":
    sales_counts()
