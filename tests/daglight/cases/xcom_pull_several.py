from datetime import datetime

from airflow import DAG
from airflow.decorators import task

with DAG("xcom_pull_several", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def value(n):
        return n

    @task
    def pulls(ti=None):
        asked = (
            ["a", "b"],
            ["b", "a"],
            ["a", "b", "a"],
            ["b", "a", "b", "many"],
            ["nobody"],
            [],
            ("a", "b"),
        )
        for ids in asked:
            found = ti.xcom_pull(task_ids=ids)
            print(ids, found, list(found or []), bool(found))
        for ids in (["nobody", "a"], "nobody", None):
            found = ti.xcom_pull(task_ids=ids, key="none", default="without")
            print(ids, found if isinstance(found, (str, type(None))) else list(found))
        for indexes in ([0, 1], [1, 0], [1, 0, 1], [5], [], 1, 5, range(2)):
            found = ti.xcom_pull(task_ids="many", map_indexes=indexes, default="none")
            print(indexes, found, found if isinstance(found, (int, str)) else list(found))

        for indexes in (0, -1, [0, -1], [-1]):
            found = ti.xcom_pull(task_ids="a", map_indexes=indexes, default="none")
            print(indexes, found if isinstance(found, str) else list(found))

    [value.override(task_id=n)(n) for n in "ab"] + [
        value.override(task_id="many").expand(n=[1, 2])
    ] >> pulls()
