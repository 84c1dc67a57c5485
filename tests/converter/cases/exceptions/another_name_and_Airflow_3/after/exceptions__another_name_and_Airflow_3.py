from prefect import flow, task

from airflow_compat import skips
from airflow_compat import AirflowSkipException as Nothing


@task
@skips
def maybe(count):
    if not count:
        raise Nothing("to do")
    return count


@flow(name="maybes", log_prints=True)
def maybes():
    maybe_run = maybe.submit(0)
    surely = maybe.with_options(name="surely").submit(1)
    return [maybe_run, surely]


if __name__ == "__main__":
    maybes()
