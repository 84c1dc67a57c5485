from prefect import flow

from airflow_compat import bash


@flow(name="shell", log_prints=True)
def shell():
    bash.with_options(name="say")("echo hello")


if __name__ == "__main__":
    shell()
