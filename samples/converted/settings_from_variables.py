"""Variables, read while a task runs, with and without a default."""

from prefect import flow, task

from airflow_compat import Variable


@task
def connect():
    host = Variable.get("warehouse_host", default_var="localhost")
    options = Variable.get(
        "warehouse_options", default_var={"port": 5432}, deserialize_json=True
    )
    print(f"{host}:{options['port']}")
    return host


@task
def read_secret():
    return Variable.get("warehouse_password")


@flow(name="settings_from_variables", log_prints=True)
def settings_from_variables():
    connect()
    # There is no such variable unless somebody sets it: the task fails, as it did in Airflow.
    read_secret()


if __name__ == "__main__":
    settings_from_variables()
