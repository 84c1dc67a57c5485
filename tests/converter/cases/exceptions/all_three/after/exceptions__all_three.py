from prefect import flow, task

from airflow_compat import (
    AirflowException,
    AirflowFailException,
    AirflowSkipException,
    retry_unless_final,
    skips,
)


@task
@skips
def check(kind):
    if kind == "skip":
        raise AirflowSkipException(kind)
    try:
        raise AirflowException(kind)
    except AirflowException as error:
        raise AirflowFailException("for good") from error


@flow(name="checks", log_prints=True)
def checks():
    skip = check.with_options(name="skip").submit("skip")
    fail = check.with_options(
        name="fail",
        retries=3,
        retry_delay_seconds=1,
        retry_condition_fn=retry_unless_final,
    ).submit(
        "fail"
    )
    return [skip, fail]


if __name__ == "__main__":
    checks()
