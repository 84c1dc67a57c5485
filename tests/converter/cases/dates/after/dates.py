from datetime import datetime

from prefect import flow, task

from airflow_compat import airflow_run, bash


@task
def show(day, ds, data_interval_end):
    print(day, ds, data_interval_end)


@flow(name="dates", log_prints=True)
def dates(logical_date: datetime | None = None):
    run = airflow_run(logical_date, schedule="0 6 * * *")
    show_run = show.submit(
        day=run.ds_nodash, data_interval_end=run.data_interval_end, ds=run.ds
    )
    tell = bash.with_options(name="tell").submit(
        run.render("echo {{ macros.ds_add(ds, 1) }}")
    )
    return [show_run, tell]


if __name__ == "__main__":
    dates()
