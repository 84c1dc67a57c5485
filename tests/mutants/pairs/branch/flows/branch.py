from prefect import flow, task


@task
def pick_size(count):
    return "process_large" if count > 100 else "process_small"


@task
def process_large():
    print("large")


@task
def process_small():
    print("small")


@task
def report():
    print("reported")


@flow(name="branch", log_prints=True)
def branch(count: int = 150):
    size = pick_size(count)
    if size == "process_large":
        process_large()
    else:
        process_small()
    report()


if __name__ == "__main__":
    branch()
