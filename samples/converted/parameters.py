"""Params of the DAG become parameters of the flow."""

from datetime import datetime

from prefect import flow, task

from airflow_compat import airflow_run, bash


@task
def plan(params):
    return [params["city"]] * params["copies"]


@task
def show(rows, city):
    print(rows, city)


@flow(name="parameters", log_prints=True)
def parameters(city="Basel", copies=2, logical_date: datetime | None = None):
    run = airflow_run(logical_date, params={"city": city, "copies": copies})
    plan_result = plan(params=run.params)
    show(plan_result, f"{city}")
    bash.with_options(name="say")(f"echo {copies} copies")


if __name__ == "__main__":
    parameters()
