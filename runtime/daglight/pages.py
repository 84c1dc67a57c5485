"""The addresses of a task instance's pages, as callbacks put them into messages.

Observed in Airflow 2.11.2 and 3.3.2; the web server is that of `AIRFLOW__WEBSERVER__BASE_URL`, in Airflow 3
`AIRFLOW__API__BASE_URL`, else Airflow's default.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from daglight.scope import scope

if TYPE_CHECKING:
    from daglight.instance import TaskInstance

__all__ = ["log_page", "success_page"]


def log_page(ti: TaskInstance) -> str:
    """Where the log of the instance is shown."""
    from urllib.parse import quote

    run_id, dag = quote(ti.run_id), f"{_server()}/dags/{ti.dag_id}"
    if scope.airflow_3:
        mapped = f"/mapped/{ti.map_index}" if ti.map_index >= 0 else ""
        tried = f"?try_number={ti.try_number}" if ti.try_number else ""
        return f"{dag}/runs/{run_id}/tasks/{ti.task_id}{mapped}{tried}"
    mapped = f"&map_index={ti.map_index}" if ti.map_index >= 0 else ""
    date = quote(ti.record.logical_date.strftime("%Y-%m-%dT%H:%M:%S.%f%z"))
    asked = f"dag_run_id={run_id}&task_id={ti.task_id}{mapped}&base_date={date}&tab=logs"
    return f"{dag}/grid?{asked}"


def success_page(ti: TaskInstance) -> str:
    """Where the instance can be marked as successful."""
    from urllib.parse import quote

    if scope.airflow_3:
        return log_page(ti)
    asked = f"task_id={ti.task_id}&dag_id={ti.dag_id}&dag_run_id={quote(ti.run_id)}"
    return f"{_server()}/confirm?{asked}&upstream=false&downstream=false&state=success"


def _server() -> str:
    name = "AIRFLOW__API__BASE_URL" if scope.airflow_3 else "AIRFLOW__WEBSERVER__BASE_URL"
    return os.environ.get(name, "http://localhost:8080").rstrip("/")
