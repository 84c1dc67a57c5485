"""Writes data/airflow{2,3}-context.json: the names in the context of a task on real Airflow.

Run a copy of this file, in a DAG folder of its own, with the interpreter of an environment that
holds Airflow, after `airflow db migrate`; the answer is written beside it:

    AIRFLOW__CORE__DAGS_FOLDER=$PWD .../bin/python record_context.py
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import airflow
import pendulum
from airflow import DAG

try:
    from airflow.providers.standard.operators.python import PythonOperator
except ImportError:
    from airflow.operators.python import PythonOperator


def write(**context: object) -> None:
    """One line, so that a change of Airflow's shows as one."""
    found = {"airflow": airflow.__version__, "names": sorted(context)}
    name = f"airflow{airflow.__version__[0]}-context.json"
    Path(__file__).with_name(name).write_text(json.dumps(found) + "\n")


with DAG("context", start_date=pendulum.datetime(2020, 1, 1), schedule=None) as dag:
    PythonOperator(task_id="write", python_callable=write)

if __name__ == "__main__":
    major = airflow.__version__[0]
    if major == "2":
        importlib.import_module("airflow.providers.fab.auth_manager.models")  # for its table
    date = {"2": "execution_date", "3": "logical_date"}[major]
    dag.test(**{date: pendulum.datetime(2024, 1, 1)})
