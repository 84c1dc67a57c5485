from datetime import datetime

from airflow.sdk import dag, task, task_group


@task
def show(value):
    print(value)


@task_group
def shown(value):
    show(value)


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def groups_of_a_list():
    shown.expand(value=[1, 2])


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def other_names():
    shown.override(group_id="other")(1)


@dag(start_date=datetime(2024, 1, 1), schedule=None, catchup=False)
def plain():
    shown(1)


groups_of_a_list()
other_names()
plain()
