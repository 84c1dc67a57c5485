"""What imports by either of two versions of Airflow asks for nothing of a flow; other tries stay."""

from prefect import flow, task

try:
    import json
except ImportError:
    json = None

if json is not None:
    print("found")


@task
def start():
    """Marks a place in the graph and does nothing."""


@flow(name="either", log_prints=True)
def either():
    start()


if __name__ == "__main__":
    either()
