from prefect import flow, task

from airflow_compat import Variable as Setting


@task
def greet():
    print(Setting.get("name", default="world"))


@flow(name="hello", log_prints=True)
def hello():
    greet()


if __name__ == "__main__":
    hello()
