from datetime import datetime

from airflow import DAG
from airflow.decorators import task, task_group
from airflow.operators.empty import EmptyOperator

with DAG("mapped_group_unpushed", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    inner = {}

    @task
    def sometimes(n):
        return n or None

    @task
    def show(value):
        print(value, None if value is None or isinstance(value, int) else list(value))

    @task_group
    def one(n):
        inner["empty"] = EmptyOperator(task_id="empty")
        inner["number"] = sometimes(n)

    @task_group
    def several(n):
        inner["empties"] = EmptyOperator(task_id="empty")
        inner["numbers"] = sometimes(n)

    one.expand(n=[1])
    several.expand(n=[0, 1, 2])
    for name, made in inner.items():
        output = made if name.startswith("number") else made.output
        show.override(task_id=f"show_{name}")(output)
