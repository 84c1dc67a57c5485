"""What there is to do is only known when the file is loaded."""

import json
import os
from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def load_plan():
    text = os.environ.get(
        "PLAN", '{"extract": [], "clean": ["extract"], "load": ["clean"]}'
    )
    return json.loads(text)


def work(step):
    print(f"do {step}")
    return step.upper()


with DAG(
    "dynamic_plan", start_date=datetime(2024, 1, 1), schedule=None, catchup=False
) as dag:
    tasks = {}
    plan = load_plan()
    for step in plan:
        tasks[step] = PythonOperator(task_id=step, python_callable=work, op_args=[step])
    for step, parents in plan.items():
        for parent in parents:
            tasks[parent] >> tasks[step]
