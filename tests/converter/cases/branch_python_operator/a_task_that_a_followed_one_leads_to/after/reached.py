from prefect import flow, task

from airflow_compat import TaskGraph, branch


@task(name="work")
def work_task():
    """Marks a place in the graph and does nothing."""


@task(name="more")
def more_task():
    """Marks a place in the graph and does nothing."""


@task(name="report")
def report_task():
    """Marks a place in the graph and does nothing."""


@task(name="other")
def other_task():
    """Marks a place in the graph and does nothing."""


@flow(name="reached", log_prints=True)
def reached():
    with TaskGraph() as graph:
        pick = graph.add(branch(task(lambda: "work", name="pick")))
        work = graph.add(work_task)
        more = graph.add(more_task)
        report = graph.add(report_task)
        other = graph.add(other_task, trigger_rule="all_done")
        pick >> [work, report, other]
        work >> more >> report
    return graph.leaves


if __name__ == "__main__":
    reached()
