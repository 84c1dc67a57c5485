from prefect import flow, task

from airflow_compat import TaskGraph, branch


@task
def left():
    print("left")


@task
def right():
    print("right")


@task(name="strict")
def strict_task():
    """Marks a place in the graph and does nothing."""


@task(name="lenient")
def lenient_task():
    """Marks a place in the graph and does nothing."""


@task(name="done")
def done_task():
    """Marks a place in the graph and does nothing."""


@task
def behind_strict():
    """Marks a place in the graph and does nothing."""


@flow(name="joins", log_prints=True)
def joins():
    with TaskGraph() as graph:
        pick = graph.add(branch(task(lambda: "left", name="pick")))
        left_task = graph.add(left)
        right_task = graph.add(right)
        strict = graph.add(strict_task)
        lenient = graph.add(lenient_task, trigger_rule="none_failed_min_one_success")
        done = graph.add(done_task, trigger_rule="all_done")
        pick >> [left_task, right_task] >> strict
        [left_task, right_task] >> lenient
        [left_task, right_task] >> done
        strict >> graph.add(behind_strict)
    return graph.leaves


if __name__ == "__main__":
    joins()
