# options: {"versions": [2, 3]}
from datetime import datetime

from airflow.decorators import dag, task, task_group


@task.short_circuit
def stop():
    return False


@task
def direct(item):
    return item


@task
def further(item):
    return item


@task(trigger_rule="all_done")
def beyond(item):
    return item


@task(trigger_rule="all_done")
def plain():
    return "plain"


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def short_circuit_over_mapped():
    @task_group
    def each(item):
        direct(item) >> further(item)

    stop() >> each.expand(item=[1, 2]) >> beyond.expand(item=[7, 8]) >> plain()


short_circuit_over_mapped()
