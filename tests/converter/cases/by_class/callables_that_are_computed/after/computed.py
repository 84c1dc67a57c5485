from datetime import datetime
from functools import partial

from prefect import flow

from airflow_compat import PythonOperator, TaskGraph, airflow_run


def say(word, ds):
    print(word, ds)


def maker(word):
    def made(ti):
        print(word, ti.task_id)

    return made


@flow(name="computed", log_prints=True)
def computed(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        PythonOperator(task_id="partial", python_callable=partial(say, "hello"))
        PythonOperator(task_id="made", python_callable=maker("hello"))
    return graph.leaves


if __name__ == "__main__":
    computed()
