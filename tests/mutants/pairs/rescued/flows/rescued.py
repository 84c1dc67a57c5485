from prefect import allow_failure, flow, task


@task
def risky():
    raise RuntimeError("no luck")


@task
def cleanup():
    print("cleaned up")


@flow(name="rescued", log_prints=True)
def rescued():
    tried = risky.submit()
    cleaned = cleanup.submit(wait_for=[allow_failure(tried)])
    return [cleaned]


if __name__ == "__main__":
    rescued()
