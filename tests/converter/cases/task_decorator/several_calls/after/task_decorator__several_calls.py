from prefect import flow, task


@task
def add(a, b=1):
    return a + b


@flow(name="sums", log_prints=True)
def sums():
    first = add(1)
    second = add.with_options(name="more", retries=1, retry_delay_seconds=300)(
        first, b=2
    )
    add.with_options(name="add__2")(add.with_options(name="add__1")(second), first)


if __name__ == "__main__":
    sums()
