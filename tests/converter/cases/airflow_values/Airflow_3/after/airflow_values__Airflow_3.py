from prefect import flow, task

from airflow_compat import AIRFLOW_3 as __version__

MAJOR = int(__version__.split(".")[0])


@task
def start():
    """Marks a place in the graph and does nothing."""


@flow(name="marks", log_prints=True)
def marks():
    start()


if __name__ == "__main__":
    marks()
