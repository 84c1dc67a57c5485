"""A task for every table of a constant; the loop stays a loop."""

from prefect import flow, task

from airflow_compat import TaskGraph

TABLES = ["customers", "orders", "invoices"]


@task
def copy(table):
    print(f"copy {table}")
    return len(table)


@task(name="start")
def start_task():
    """Marks a place in the graph and does nothing."""


@task(name="finish")
def finish_task():
    """Marks a place in the graph and does nothing."""


@flow(name="copy_tables", log_prints=True)
def copy_tables():
    with TaskGraph() as graph:
        start = graph.add(start_task)
        finish = graph.add(finish_task)

        for table in TABLES:
            copied = graph.add(copy.with_options(name=f"copy_{table}"), table=table)
            start >> copied >> finish
    return graph.leaves


if __name__ == "__main__":
    copy_tables()
