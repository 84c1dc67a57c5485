"""What there is to do is only known when the file is loaded."""

import json
import os
from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, template


def load_plan():
    text = os.environ.get(
        "PLAN", '{"extract": [], "clean": ["extract"], "load": ["clean"]}'
    )
    return json.loads(text)


@task
def work(step):
    print(f"do {step}")
    return step.upper()


@flow(name="dynamic_plan", log_prints=True)
def dynamic_plan(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        tasks = {}
        plan = load_plan()
        for step in plan:
            tasks[step] = graph.add(work.with_options(name=step), template(step))
        for step, parents in plan.items():
            for parent in parents:
                tasks[parent] >> tasks[step]
    return graph.leaves


if __name__ == "__main__":
    dynamic_plan()
