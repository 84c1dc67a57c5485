from datetime import datetime
from airflow import DAG
from airflow.decorators import dag, task

A = {"start_date": datetime(2024, 1, 1), "schedule": None, "catchup": False}


@task
def t():
    return 1


@dag(**A)
def first():
    t()


the_dag = first()
the_dag.leaves[0] >> t()

with DAG("good", **A):
    t()
