from prefect import flow, task

from airflow_compat import AirflowSkipException, TaskGraph, mapped, skips


@task
@skips
def check(x):
    if x == "skip":
        raise AirflowSkipException("skipped")
    if x == "bad":
        raise ValueError(x)
    return x


@task
def text():
    return "text"


@task
def after():
    """Marks a place in the graph and does nothing."""


@task
def rescue():
    """Marks a place in the graph and does nothing."""


@task
def one():
    """Marks a place in the graph and does nothing."""


@flow(name="failures", log_prints=True)
def failures():
    with TaskGraph() as graph:
        mixed = mapped(check).expand(x=["good", "skip", "bad"])
        mixed >> graph.add(after)
        mixed >> graph.add(rescue, trigger_rule="all_done")
        mixed >> graph.add(one, trigger_rule="one_failed")
        mapped(check.with_options(name="of_a_text")).expand(x=graph.add(text))
        mapped(check.with_options(name="of_those")).expand(x=mixed)
    return graph.leaves


if __name__ == "__main__":
    failures()
