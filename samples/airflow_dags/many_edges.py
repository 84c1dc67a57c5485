"""Edges in all their spellings."""

from datetime import datetime

from airflow import DAG
from airflow.models.baseoperator import chain, cross_downstream
from airflow.operators.empty import EmptyOperator

with DAG(
    "many_edges", start_date=datetime(2024, 1, 1), schedule=None, catchup=False
) as dag:
    a = EmptyOperator(task_id="a")
    b = EmptyOperator(task_id="b")
    c = EmptyOperator(task_id="c")
    d = EmptyOperator(task_id="d")
    e = EmptyOperator(task_id="e")
    f = EmptyOperator(task_id="f")
    g = EmptyOperator(task_id="g")
    h = EmptyOperator(task_id="h")

    chain(a, [b, c], d)
    cross_downstream([b, c], [e, f])
    g << [e, f]
    h.set_upstream([d, g])
    a.set_downstream(h)
