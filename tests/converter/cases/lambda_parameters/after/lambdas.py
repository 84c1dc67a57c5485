"""Defaults of a lambda hold colons, commas and words that are names of Airflow's context."""

from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run

SIZES = {"a:b": 1}


@task(name="by_name")
def lambda_by_name(ds=None):
    print("by name", ds)


@flow(name="lambdas", log_prints=True)
def lambdas(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        graph.add(task(lambda x=SIZES["a:b"], ds=None: print(x, ds), name="colon"))
        graph.add(
            task(lambda f=lambda: 1, *, run_id: print(f(), run_id), name="nested")
        )
        graph.add(
            task(lambda x=[1][0:1], **kwargs: print(x, kwargs["ds"]), name="rest")
        )
        graph.add(lambda_by_name)
    return graph.leaves


@flow(name="plain_lambdas", log_prints=True)
def plain_lambdas():
    task(lambda x="ds=None, **k:": print(x), name="first")()
    task(lambda n, *, m=2: print(n, m), name="second")(n=1)


if __name__ == "__main__":
    lambdas()
    plain_lambdas()
