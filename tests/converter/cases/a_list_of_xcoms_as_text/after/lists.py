"""Airflow 2 gives several XComs as a sequence that prints its length alone."""

from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, bash, template


@task
def number(n):
    return n


@task(name="c")
def show(ti):
    values = ti.xcom_pull(task_ids=["a", "b"])
    print(values, [*values], len(values), values == [1, 2], values[1])
    return f"{ti.xcom_pull(task_ids=('a',))}"


@flow(name="lists", log_prints=True)
def lists(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        a = graph.add(number.with_options(name="a"), 1)
        b = graph.add(number.with_options(name="b"), 2)
        c = graph.add(show)
        d = graph.add(
            bash.with_options(name="d"),
            template(
                "echo \"{{ ti.xcom_pull(task_ids=['a', 'b']) }} {{ ti.xcom_pull(task_ids=['a', 'b'])[0] }}\"",
            ),
        )
        [a, b] >> c >> d
    return graph.leaves


if __name__ == "__main__":
    lists()
