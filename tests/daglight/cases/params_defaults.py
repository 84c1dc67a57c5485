# options: {"logical_date": "2024-03-05T00:00:00+00:00"}
from datetime import datetime

from airflow.decorators import dag, task
from airflow.models.param import Param


@dag(
    start_date=datetime(2024, 1, 1),
    schedule=None,
    params={"n": Param(5, type=["integer", "null"]), "s": "t"},
)
def params_defaults(greeting: str = "hi", number: int = 3):
    @task
    def show(g, n, params=None):
        return [g, n, dict(params)]

    show(greeting, number)
    show("{{ params.greeting }}", "{{ params.n }}")


params_defaults(number=4)
