from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

from airflow.models.baseoperator import chain
from airflow.utils.edgemodifier import Label

with DAG("groups_forms", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    with TaskGroup("g", default_args={"retries": 3, "owner": "group"}, tooltip="a tip") as g:
        EmptyOperator(task_id="a")
        with TaskGroup("h", default_args={"retries": 5}) as h:
            BashOperator(task_id="b", bash_command="echo {{ task.retries }} {{ task.owner }}")
        BashOperator(
            task_id="c", bash_command="echo {{ task.retries }} {{ task.owner }}", retries=1
        )
    with TaskGroup("empty") as empty:
        pass
    one, two = EmptyOperator(task_id="one"), EmptyOperator(task_id="two")
    with TaskGroup("i") as i:
        EmptyOperator(task_id="x")
        EmptyOperator(task_id="y")
    chain(one, [g, i], two)
    chain(g, i)
    g >> Label("to") >> EmptyOperator(task_id="three")
    [g, one] >> EmptyOperator(task_id="four")
    EmptyOperator(task_id="five") >> [g, i]
    i << EmptyOperator(task_id="six")

    @task
    def say(v):
        return v

    @task_group(default_args={"retries": 2}, prefix_group_id=False)
    def flat(v, w="w"):
        """Documented."""
        first = say.override(task_id="first")(v)
        return {"first": first, "second": say.override(task_id="second")(w)}

    made = flat(1)
    say(made["first"])
    with TaskGroup("outer", prefix_group_id=False) as outer:
        with TaskGroup("nested") as nested:
            EmptyOperator(task_id="n")
        EmptyOperator(task_id="m")
    nested >> EmptyOperator(task_id="seven")
