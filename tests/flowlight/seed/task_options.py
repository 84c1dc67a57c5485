"""What a task can be told: names, tags, retries with delays, a time limit, prints as logs."""

from prefect import flow, task
from prefect.tasks import exponential_backoff

tries = []


@task(
    name="Greet",
    description="Says hello.",
    tags=["etl", "production"],
    retries=3,
    retry_delay_seconds=60,
    timeout_seconds=3600,
    log_prints=True,
)
def greet(name: str) -> str:
    print(f"greeting {name}")
    return f"hello {name}"


@task(retries=5, retry_delay_seconds=exponential_backoff(backoff_factor=0.001))
def unreliable():
    """Works at the third try."""
    tries.append(1)
    if len(tries) < 3:
        raise Exception("not yet")
    return "worked"


@flow
def main():
    return greet("ann"), unreliable()


if __name__ == "__main__":
    print(greet.name, greet.description, sorted(greet.tags), greet.retries)
    print(unreliable.retry_delay_seconds)
    print(main(), len(tries))
