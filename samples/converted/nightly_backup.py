"""Dumps some databases, packs them, and says how much there is. Written in the old way."""

from datetime import datetime, timedelta

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, bash, template

DATABASES = ("users", "billing")

args = {
    "owner": "ops",
    "start_date": datetime(2024, 1, 1),
    "retries": 1,
    "retry_delay": timedelta(seconds=1),
}


@task(retries=1, retry_delay_seconds=1)
def measure(**kwargs):
    sizes = kwargs["ti"].xcom_pull(task_ids=["dump_users", "dump_billing"])
    print("dumped", list(sizes))
    return len(list(sizes))


def dump(database):
    return TaskGraph.current().add(
        bash.with_options(name=f"dump_{database}", retries=1, retry_delay_seconds=1),
        template(f"echo {database}-{{{{ ds_nodash }}}}.sql"),
    )


@task(name="start", retries=1, retry_delay_seconds=1)
def start_task():
    """Marks a place in the graph and does nothing."""


@task(name="end", retries=1, retry_delay_seconds=1)
def end_task():
    """Marks a place in the graph and does nothing."""


@flow(name="nightly_backup", log_prints=True)
def nightly_backup(logical_date: datetime | None = None):
    run = airflow_run(logical_date, schedule="15 2 * * *")
    with TaskGraph(run) as graph:
        start = graph.add(start_task)
        measured = graph.add(measure)
        end = graph.add(end_task)

        for name in DATABASES:
            start >> dump(name) >> measured

        measured >> end
    return graph.leaves


if __name__ == "__main__":
    nightly_backup()
