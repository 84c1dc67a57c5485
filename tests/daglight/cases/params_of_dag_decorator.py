# options: {"conf": {"name": "given"}}
from datetime import datetime

from airflow.decorators import dag, task
from airflow.models.param import Param


@dag(start_date=datetime(2024, 1, 1), schedule=None, params={"q": Param("z", type="string")})
def params_of_dag_decorator(name="default", number=3):
    @task
    def show(value, **context):
        return [value, context["params"]["name"], context["params"]["q"]]

    show(name)
    show.override(task_id="number")(number)


params_of_dag_decorator()
