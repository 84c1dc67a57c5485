from prefect import flow, task

from airflow_compat import AirflowSkipException, TaskGraph
from airflow_compat import skips as compat_skips


@task
@compat_skips
def skips():
    raise AirflowSkipException("nothing to do")


@task
def fails():
    raise ValueError("broken")


@task(name="begin")
def begin_task():
    """Marks a place in the graph and does nothing."""


@task
def join():
    """Marks a place in the graph and does nothing."""


@task
def last():
    """Marks a place in the graph and does nothing."""


@flow(name="tries_take_rounds", log_prints=True)
def tries_take_rounds():
    with TaskGraph() as graph:
        begin = graph.add(begin_task)
        skipped = graph.add(skips.with_options(name="skipped"))
        tried = graph.add(
            fails.with_options(name="tried", retries=2, retry_delay_seconds=0)
        )
        begin >> [skipped, tried] >> graph.add(join)
        tried >> graph.add(last, trigger_rule="all_done")
    return graph.leaves


@task(name="never")
def never_task():
    """Marks a place in the graph and does nothing."""


@task(name="behind")
def behind_task():
    """Marks a place in the graph and does nothing."""


@task(name="join")
def join_task():
    """Marks a place in the graph and does nothing."""


@flow(name="decided_at_once", log_prints=True)
def decided_at_once():
    with TaskGraph() as graph:
        first = graph.add(fails.with_options(name="first"))
        never = graph.add(never_task, trigger_rule="all_skipped")
        behind = graph.add(behind_task)
        first >> never >> behind
        first >> behind
        [never, behind] >> graph.add(join_task)
    return graph.leaves


@task(name="root")
def root_task():
    """Marks a place in the graph and does nothing."""


@task(name="slow")
def slow_task():
    """Marks a place in the graph and does nothing."""


@task(name="join")
def join_task_2():
    """Marks a place in the graph and does nothing."""


@flow(name="early_starts", log_prints=True)
def early_starts():
    with TaskGraph() as graph:
        root = graph.add(root_task)
        skipped = graph.add(skips.with_options(name="skipped"))
        slow = graph.add(slow_task)
        early = graph.add(fails.with_options(name="early"), trigger_rule="one_success")
        root >> [skipped, slow]
        slow >> early
        root >> early
        [skipped, early] >> graph.add(join_task_2)
    return graph.leaves


if __name__ == "__main__":
    tries_take_rounds()
    decided_at_once()
    early_starts()
