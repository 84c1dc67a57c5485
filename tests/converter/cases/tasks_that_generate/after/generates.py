from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run


def rows():
    for number in range(3):
        print(number)
        yield number


@task
def numbers():
    yield 1


def fine():
    def inner():
        yield 1

    print(list(inner()))


@task(name="rows")
def rows_task(*args, **kwargs):
    # dagferry[DF411]: no conversion for `rows`, a generator.
    # See `dagferry explain DF411`.
    #   PythonOperator(task_id="rows", python_callable=rows)
    raise NotImplementedError("rows: convert rows, a generator, by hand (DF411)")


@task(name="numbers")
def numbers_task(*args, **kwargs):
    # dagferry[DF411]: no conversion for `numbers`, a generator.
    # See `dagferry explain DF411`.
    #   numbers()
    raise NotImplementedError("numbers: convert numbers, a generator, by hand (DF411)")


@flow(name="known", log_prints=True)
def known():
    rows_run = rows_task.submit()
    numbers_run = numbers_task.submit()
    fine_run = task(fine, name="fine").submit()
    return [rows_run, numbers_run, fine_run]


@flow(name="looped", log_prints=True)
def looped(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        for work in (rows, fine):
            graph.add(task(work, name=work.__name__))
    return graph.leaves


if __name__ == "__main__":
    known()
    looped()
