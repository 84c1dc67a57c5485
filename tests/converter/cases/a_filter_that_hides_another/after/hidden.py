from datetime import datetime

from prefect import flow

from airflow_compat import airflow_run, bash


@flow(name="hidden", log_prints=True)
def hidden(logical_date: datetime | None = None):
    run = airflow_run(logical_date, schedule="0 0 * * *")
    bash.with_options(name="a")(run.render("echo {{ ds | upper }}"))


if __name__ == "__main__":
    hidden()
