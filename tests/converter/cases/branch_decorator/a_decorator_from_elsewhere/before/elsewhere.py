"""Not airflow."""

from celery import task


@task.branch
def pick():
    return "large"


pick()
