from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, template


def rows():
    return [1, 2]


def deduplicate(unique, trigger_rule="x"):
    return [unique, trigger_rule]


def waits(first, wait_for=None):
    return [first, wait_for]


@task
def awaits(*args, **kwargs):
    # dagferry[DF303]: no conversion for a function with a parameter named `return_state`.
    # See `dagferry explain DF303`.
    #   @task
    #   def awaits(rows, return_state=False):
    #       return rows if return_state else None
    raise NotImplementedError(
        "awaits: convert a function with a parameter named return_state by hand (DF303)"
    )


@task
def names(**given):
    return sorted(set(given) & {"unique", "trigger_rule"})


SETTINGS = {"unique": 1, "trigger_rule": "{{ ds }}"}


@task
def option(*args, **kwargs):
    # dagferry[DF303]: no conversion for an argument named `unique`.
    # See `dagferry explain DF303`.
    #   PythonOperator(task_id="option", python_callable=deduplicate, op_kwargs={"unique": found.output})
    raise NotImplementedError(
        "option: convert an argument named unique by hand (DF303)"
    )


@task
def parameter(*args, **kwargs):
    # dagferry[DF303]: no conversion for a function with a parameter named `wait_for`.
    # See `dagferry explain DF303`.
    #   PythonOperator(task_id="parameter", python_callable=waits, op_args=[1])
    raise NotImplementedError(
        "parameter: convert a function with a parameter named wait_for by hand (DF303)"
    )


@task
def of_a_lambda(*args, **kwargs):
    # dagferry[DF303]: no conversion for a function with a parameter named `wait_for`.
    # See `dagferry explain DF303`.
    #   PythonOperator(task_id="of_a_lambda", python_callable=lambda wait_for=1: wait_for)
    raise NotImplementedError(
        "of_a_lambda: convert a function with a parameter named wait_for by hand (DF303)",
    )


@flow(name="reserved", log_prints=True)
def reserved(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        found = graph.add(task(rows, name="rows"))
        graph.add(option, found.output)
        graph.add(parameter)
        graph.add(of_a_lambda)
        graph.add(awaits, found.output)
    return graph.leaves


@flow(name="spread", log_prints=True)
def spread(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        graph.add(names, **template(dict(SETTINGS)))
    return graph.leaves


@flow(name="param", log_prints=True)
def param():
    # dagferry[DF207]: no conversion for the param `wait_for`, which cannot be a parameter of a flow.
    # See `dagferry explain DF207`.
    #   with DAG(
    #       "param", start_date=datetime(2024, 1, 1), schedule=None, catchup=False, params={"wait_for": 1}
    #   ):
    #       PythonOperator(task_id="rows", python_callable=rows)
    raise NotImplementedError(
        "param: convert the param wait_for, which cannot be a parameter of a flow, by hand (DF207)",
    )


if __name__ == "__main__":
    reserved()
    spread()
    param()
