"""A template that cannot be rendered fails its own task; the others run."""

from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, bash, template


@task
def show(text):
    print(text)


@flow(name="failing", log_prints=True)
def failing(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        graph.add(bash.with_options(name="before"), "echo before")
        graph.add(
            bash.with_options(name="table"),
            template("echo {{ dag_run.conf['table'] }}"),
        )
        graph.add(bash.with_options(name="behind"), "echo behind")
    return graph.leaves


@flow(name="failing_chain", log_prints=True)
def failing_chain(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        one = graph.add(
            show.with_options(name="one", retries=1, retry_delay_seconds=0),
            text=template("{{ params.none }}"),
        )
        two = graph.add(show.with_options(name="two"), "two")
        one >> two
    return graph.leaves


@flow(name="safe", log_prints=True)
def safe(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    day = bash.with_options(name="day").submit(
        run.render("echo {{ macros.ds_add(ds, -1) }} {{ ds[:4] }}")
    )
    month = bash.with_options(name="month").submit(
        run.render("echo {{ logical_date.strftime('%B') | upper }}")
    )
    return [day, month]


if __name__ == "__main__":
    failing()
    failing_chain()
    safe()
