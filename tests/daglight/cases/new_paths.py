# options: {"versions": [3]}
from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import (
    DAG,
    Label,
    Param,
    TaskGroup,
    Variable,
    chain,
    cross_downstream,
    dag,
    get_current_context,
    task,
)


@dag(schedule=None, start_date=datetime(2024, 1, 1), params={"n": Param(1, type="integer")})
def new_paths():
    @task
    def f(params=None):
        return [params["n"], get_current_context()["ds"], Variable.get("absent", default="d")]

    with TaskGroup("g") as g:
        e = EmptyOperator(task_id="e")
    chain(f(), Label("x"), g, BashOperator(task_id="b", bash_command="echo {{ ds }}"))
    cross_downstream([e], [PythonOperator(task_id="p", python_callable=lambda: None)])


new_paths()
