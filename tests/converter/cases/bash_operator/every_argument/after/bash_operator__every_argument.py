from prefect import flow

from airflow_compat import bash


@flow(name="shell", log_prints=True)
def shell():
    bash.with_options(name="say", retries=1, retry_delay_seconds=2, timeout_seconds=60)(
        "echo $WORD",
        env={"WORD": "hello"},
        append_env=True,
        cwd="/tmp",
        skip_on_exit_code=7,
    )


if __name__ == "__main__":
    shell()
