"""Commands with variables and a folder of their own; exit code 99 skips what comes after."""

from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG(
    dag_id="bash_environment",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    catchup=False,
) as dag:
    greet = BashOperator(
        task_id="greet",
        bash_command='echo "$GREETING, $NAME"',
        env={"GREETING": "hello", "NAME": "world"},
    )
    where = BashOperator(task_id="where", bash_command="pwd", cwd="/tmp")
    path = BashOperator(
        task_id="path",
        bash_command='test -n "$PATH" && echo "$EXTRA"',
        env={"EXTRA": "more"},
        append_env=True,
    )
    nothing_new = BashOperator(task_id="nothing_new", bash_command="exit 99")
    load = BashOperator(task_id="load", bash_command="echo never")

    greet >> [where, path]
    nothing_new >> load
