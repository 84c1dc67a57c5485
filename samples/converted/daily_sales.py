"""Dates in a command, in arguments and in a task's own body."""

from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, bash, template


@task
def load(day):
    print(f"load the sales of {day}")
    return day


@task
def summarise(ds, ti, **kwargs):
    day = ti.xcom_pull(task_ids="load")
    print(f"{day} is {ds}, until {kwargs['data_interval_end'].isoformat()}")


@flow(name="daily_sales", log_prints=True)
def daily_sales(logical_date: datetime | None = None):
    run = airflow_run(logical_date, schedule="0 6 * * *")
    with TaskGraph(run) as graph:
        export = graph.add(
            bash.with_options(name="export"),
            template("echo export {{ ds }} to {{ macros.ds_add(ds, 7) }}"),
        )
        loaded = graph.add(load, day=template("{{ ds_nodash }}"))
        summary = graph.add(summarise)

        export >> loaded >> summary
    return graph.leaves


if __name__ == "__main__":
    daily_sales()
