# options: {"versions": [2, 3]}
from datetime import datetime

from airflow.decorators import dag, task, task_group


@task.short_circuit
def go_on(item):
    return item > 1


@task
def within(item):
    return item


@task
def further(item):
    return item


@task(trigger_rule="all_done")
def beyond(item):
    return item


@task(trigger_rule="all_done")
def last():
    return "last"


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def short_circuit_in_mapped_group():
    @task_group
    def each(item):
        inside = within(item)
        go_on(item) >> inside >> further(item)

    each.expand(item=[1, 2]) >> beyond.expand(item=[7, 8]) >> last()


short_circuit_in_mapped_group()
