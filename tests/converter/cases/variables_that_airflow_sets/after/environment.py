import os

from prefect import flow, task

from airflow_compat import bash


@task
def tell():
    return os.environ.get("AIRFLOW_CTX_TASK_ID")


@flow(name="told", log_prints=True)
def told():
    tell_run = tell.submit()
    say = bash.with_options(name="say").submit("echo $AIRFLOW_CTX_DAG_ID $AIRFLOW_HOME")
    return [tell_run, say]


if __name__ == "__main__":
    told()
