from datetime import datetime

from airflow import DAG
from airflow.decorators import task, task_group
from airflow.operators.bash import BashOperator

with DAG("mapped_no_render", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def texts():
        return ["echo '{{ ds }}'", "echo x"]

    @task
    def dicts():
        return [{"bash_command": "echo '{{ ds }}'"}]

    @task
    def show(value, other=None):
        return [value, other]

    @task_group
    def group(v):
        show(v, "{{ ds }}")

    @task
    def words():
        return ["{{ ds }}", "b"]

    BashOperator.partial(task_id="over_xcom").expand(bash_command=texts())
    BashOperator.partial(task_id="over_dicts").expand_kwargs(dicts())
    show.partial(other="{{ ds }}").expand(value=words())
    group.expand(v=words())
    group.override(group_id="literal").expand(v=["{{ ds }}"])
