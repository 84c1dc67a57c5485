from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, mapped, template


@task
def settings():
    return [{"word": "a", "number": 1}, {"word": "{{ ds }}"}]


@task
def pair(word, number=0, end="."):
    print(word, number, end)
    return f"{word}{number}{end}"


@flow(name="kwargs", log_prints=True)
def kwargs(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        mapped(pair, unique=True).expand_kwargs(
            template([{"word": "a"}, {"word": "{{ ds }}", "number": 2}])
        )
        mapped(pair, unique=True).partial(end="!").expand_kwargs(
            template(graph.add(settings))
        )
    return graph.leaves


if __name__ == "__main__":
    kwargs()
