from datetime import datetime

from airflow import DAG
from airflow.models.baseoperator import chain, cross_downstream
from airflow.operators.empty import EmptyOperator
from airflow.utils.edgemodifier import Label

with DAG("edges_forms", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    a, b, c, d, e, f, g, h, i, j, k, l, m, n = (EmptyOperator(task_id=x) for x in "abcdefghijklmn")
    a >> [b, c] >> d
    d << e
    [f, g] << a
    h.set_upstream([f, g])
    h.set_downstream(i)
    chain(i, [j, k], [l, m], n)
    cross_downstream([b, c], [f, g])
    a >> Label("why") >> n
    e >> Label("many") >> [l, m]
    a >> b
