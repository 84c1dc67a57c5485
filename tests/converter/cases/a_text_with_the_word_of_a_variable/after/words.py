from datetime import datetime

from prefect import flow, task

from airflow_compat import airflow_run, bash


@task
def first():
    return 1


@task
def last():
    print("last")


@flow(name="words", log_prints=True)
def words(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    one = first.submit()
    two = bash.with_options(name="two").submit(
        run.render(
            """cat <<'END'
one and two
{{ ds }}
END""",
        ),
        wait_for=[one],
    )
    last_run = last.submit(wait_for=[one])
    return [two, last_run]


if __name__ == "__main__":
    words()
