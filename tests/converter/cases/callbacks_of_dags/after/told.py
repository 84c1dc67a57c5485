from datetime import datetime

from prefect import flow

from airflow_compat import airflow_run, bash, on_failure, on_success


def done(context):
    print("done", context["ti"].task_id, context["dag_run"].run_type)


def failed(context):
    print("failed", context["reason"])


@flow(
    name="told",
    on_failure=[on_failure(failed, task_id="a")],
    on_completion=[on_success(done, task_id="a")],
    log_prints=True,
)
def told(logical_date: datetime | None = None):
    airflow_run(logical_date)
    bash.with_options(name="a")("echo a")


if __name__ == "__main__":
    told()
