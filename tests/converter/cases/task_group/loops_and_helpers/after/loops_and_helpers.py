from prefect import flow, task

from airflow_compat import TaskGraph, TaskGroup, bash
from parts import checks

TABLES = ["orders", "rates"]


def load(table: str) -> TaskGroup:
    with TaskGroup(group_id=f"load_{table}", tooltip=f"loads {table}") as group:
        copy = TaskGraph.current().add(
            bash.with_options(name="copy"), f"echo copy {table}"
        )
        copy >> checks(table)
    return group


@task(name="end")
def end_task():
    """Marks a place in the graph and does nothing."""


@flow(name="grouped", log_prints=True)
def grouped():
    with TaskGraph() as graph:
        end = graph.add(end_task)
        groups = [load(table) for table in TABLES]
        groups >> end
        for table in TABLES:
            with TaskGroup(f"drop_{table}") as drop:
                graph.add(bash.with_options(name="drop"), f"echo drop {table}")
            end >> drop
    return graph.leaves


if __name__ == "__main__":
    grouped()
