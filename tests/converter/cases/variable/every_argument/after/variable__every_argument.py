from prefect import flow, task

from airflow_compat import Variable


@task
def settings():
    Variable.set("limits", {"low": 1}, serialize_json=True)
    limits = Variable.get("limits", deserialize_json=True)
    return [limits["low"], Variable.get("limits"), Variable.get("other", None)]


@flow(name="hello", log_prints=True)
def hello():
    settings()


if __name__ == "__main__":
    hello()
