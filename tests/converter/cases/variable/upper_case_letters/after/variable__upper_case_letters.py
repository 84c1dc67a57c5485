from prefect import flow, task

from airflow_compat import Variable

ENV = Variable.get("DEPLOY_ENV", default_var="dev")


@task
def greet():
    print(ENV, Variable.get("deploy_env", default_var="lower"))


@flow(name="hello", log_prints=True)
def hello():
    greet()


if __name__ == "__main__":
    hello()
