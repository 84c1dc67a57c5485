from prefect import flow, task

from airflow_compat import Variable


@task
def secret():
    return Variable.get("there is no such variable")


@flow(name="hello", log_prints=True)
def hello():
    secret()


if __name__ == "__main__":
    hello()
