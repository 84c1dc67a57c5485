from prefect import flow, task


@task(name="numbers", retries=2, retry_delay_seconds=5, timeout_seconds=60)
def read():
    return {"low": 1, "high": 9}


@task
def span(low, high, *, unit="cm"):
    return f"{high - low} {unit}"


@flow(name="measure", log_prints=True)
def measure():
    numbers = read()
    span(numbers["low"], high=numbers["high"], unit="mm")


if __name__ == "__main__":
    measure()
