from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator

with DAG("mapped_kwargs", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def calls():
        return [{"x": 1, "y": 2}, {"x": 3}]

    @task
    def add(x, y=0, z=0):
        return x + y + z

    @task
    def commands():
        return ["echo a", "echo b"]

    def join(*parts, **named):
        return [list(parts), sorted(k for k in named if k in ("one", "two"))]

    add.expand_kwargs(calls())
    add.override(task_id="literal").partial(z=100).expand_kwargs([{"x": 1}, {"x": 2, "y": 5}])
    BashOperator.partial(task_id="bash", do_xcom_push=True).expand(bash_command=commands())
    BashOperator.partial(task_id="bash_env", bash_command="echo $WHO").expand(
        env=[{"WHO": "x"}, {"WHO": "y"}]
    )
    BashOperator.partial(task_id="bash_kwargs").expand_kwargs(
        [{"bash_command": "echo $A", "env": {"A": "1"}}, {"bash_command": "echo {{ ds }}"}]
    )
    PythonOperator.partial(task_id="classic", python_callable=join).expand(op_args=[[1], [2, 3]])
    PythonOperator.partial(task_id="classic_kwargs", python_callable=join).expand(
        op_kwargs=[{"one": 1}, {"two": 2}]
    )
