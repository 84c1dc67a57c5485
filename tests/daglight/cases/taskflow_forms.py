from __future__ import annotations

from datetime import datetime

from airflow.decorators import dag, task


@dag(start_date=datetime(2024, 1, 1), schedule=None)
def taskflow_forms(word: str = "w"):
    """Documented."""

    @task
    def f(x, y=2, *rest, ds=None, **more):
        return [x, y, list(rest), ds]

    @task(multiple_outputs=True)
    def parts():
        return {"a": 1, "b": [2]}

    @task
    def annotated() -> dict:
        return {"c": 3}

    @task
    def joined() -> dict[str, int]:
        return {"d": 4}

    @task(task_id="named", retries=1)
    def g(value, ti):
        print(value)
        return ti.task_id

    @task
    def fails_late(value):
        return value

    p = parts()
    q = annotated()
    f(1)
    f(p["a"], y=p["b"])
    f({"deep": [q["c"], {"more": (p, "{{ ds }}")}]}, joined()["d"])
    g(word)
    f.override(task_id="other", trigger_rule="all_done")(x="{{ ti.task_id }}")
    fails_late(p["absent"])
    fails_late(q["c"]) >> f(9)


taskflow_forms(word="given")
