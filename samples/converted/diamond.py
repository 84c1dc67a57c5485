"""TaskFlow: what a task returns is handed to the next ones as an argument."""

from prefect import flow, task


@task
def read():
    return [3, 1, 2]


@task
def smallest(numbers):
    return min(numbers)


@task
def largest(numbers):
    return max(numbers)


@task(name="report")
def write_report(low, high, unit="cm"):
    print(f"from {low} to {high} {unit}")
    return {"low": low, "high": high}


@flow(name="diamond", log_prints=True)
def diamond():
    numbers = read.submit()
    report = write_report.submit(
        smallest.submit(numbers), largest.submit(numbers), unit="mm"
    )
    return [report]


if __name__ == "__main__":
    diamond()
