from prefect import flow, task

from airflow_compat import bash


@task(name="task")
def task_task():
    """Marks a place in the graph and does nothing."""


@flow(name="shell", log_prints=True)
def shell():
    bash_run = bash.submit("echo 1")
    task_run = task_task.submit()
    return [bash_run, task_run]


if __name__ == "__main__":
    shell()
