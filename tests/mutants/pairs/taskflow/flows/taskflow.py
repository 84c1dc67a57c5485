from prefect import flow, task


@task
def numbers(limit):
    return list(range(1, int(limit) + 1))


@task
def bounds(values):
    return {"low": min(values), "high": max(values)}


@task
def spread(high, low, unit="cm"):
    print(f"{high - low} {unit}")
    return high - low


@flow(name="taskflow", log_prints=True)
def taskflow(limit: int = 3):
    found = bounds(numbers(f"{limit}"))
    spread(found["high"], low=found["low"])


if __name__ == "__main__":
    taskflow()
