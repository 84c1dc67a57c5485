from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run


def where(ti):
    return ti.hostname


@task
def instance(ti):
    print(where(ti))


@task
def run(**context):
    dag_run = context["dag_run"]
    print(dag_run.get_task_instances())


@task
def moved(logical_date):
    print(logical_date.subtract(days=1))


@task
def earlier(ti):
    print(ti.xcom_pull(task_ids="there", include_prior_dates=True))


@task
def elsewhere(ti):
    print(ti.xcom_pull(task_ids="there", dag_id="other"))


@task
def there(ti, task, dag_run, logical_date):
    print(ti.task.task_id, task.task_id, dag_run.conf, logical_date.strftime("%Y"), ti.state)


@flow(name="parts", log_prints=True)
def parts(logical_date: datetime | None = None):
    run_ = airflow_run(logical_date)
    with TaskGraph(run_) as graph:
        graph.add(instance)
        graph.add(run)
        graph.add(moved)
        graph.add(earlier)
        graph.add(elsewhere)
        graph.add(there)
    return graph.leaves


if __name__ == "__main__":
    parts()
