from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
from airflow.utils.task_group import TaskGroup

from typing import Dict, List, Tuple

with DAG("taskflow_outputs", start_date=datetime(2024, 1, 1), schedule=None) as dag:

    @task
    def typed() -> Dict[str, int]:
        return {"a": 1, "b": 2}

    @task
    def builtin() -> dict:
        return {"c": 3}

    @task(multiple_outputs=False)
    def off() -> dict:
        return {"d": 4}

    @task
    def listed() -> List[int]:
        return [1]

    @task
    def show(v):
        return v

    show(typed()["a"])
    show(builtin()["c"])
    show(off())
    show([listed(), {"k": listed()}])
    show(listed().operator.output)
    p = PythonOperator(task_id="p", python_callable=lambda: {"x": 1}, multiple_outputs=True)
    show(p.output["x"])
    p >> show("{{ ti.xcom_pull('p', key='x') }}")
    p >> BashOperator(task_id="bash", bash_command=f"echo {p.output['x']}")
