"""What a flow can be told, and its two task runners of Prefect 2."""

import threading

from prefect import flow, task
from prefect.task_runners import ConcurrentTaskRunner, SequentialTaskRunner

order = []


@task
def note(name):
    order.append(name)
    return threading.current_thread() is threading.main_thread()


@flow(
    name="Nightly",
    description="Runs at night.",
    version="1.0.0",
    retries=2,
    retry_delay_seconds=0,
    timeout_seconds=7200,
    task_runner=ConcurrentTaskRunner(),
    log_prints=True,
)
def side_by_side():
    print("prints are logs")
    return [future.result() for future in [note.submit("a"), note.submit("b")]]


@flow(task_runner=SequentialTaskRunner())
def one_after_the_other():
    for name in "cde":
        note.submit(name)
    return order[-3:]


if __name__ == "__main__":
    print(side_by_side.name, side_by_side.version, side_by_side.description)
    print(side_by_side())
    print(one_after_the_other())
