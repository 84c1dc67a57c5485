"""Writes data/airflow{2,3}-rules.json: what real Airflow makes of every trigger rule.

For each rule and each combination of up to three upstream outcomes there is one task: it ran, was
skipped or was given up. Run a copy of this file, in a DAG folder of its own, with the interpreter
of an environment that holds Airflow, after `airflow db migrate`; the answer is written beside it:

    AIRFLOW__CORE__DAGS_FOLDER=$PWD .../bin/python record_rules.py
"""

from __future__ import annotations

import importlib
import json
from itertools import combinations_with_replacement
from pathlib import Path

import airflow
import pendulum
from airflow import DAG
from airflow.exceptions import AirflowSkipException
from airflow.utils.trigger_rule import TriggerRule

try:
    from airflow.providers.standard.operators.python import PythonOperator
except ImportError:
    from airflow.operators.python import PythonOperator

OUTCOMES = ["success", "failed", "skipped", "upstream_failed"]
DATE = pendulum.datetime(2024, 1, 1)


def work(how: str) -> None:
    if how == "failed":
        raise ValueError(how)
    if how == "skipped":
        raise AirflowSkipException(how)


def sources(dag: DAG) -> dict[tuple[str, int], PythonOperator]:
    """Three tasks of each outcome."""
    made = {}
    for number in range(3):
        for how in OUTCOMES:
            arguments = {"python_callable": work, "op_args": [how], "dag": dag}
            made[how, number] = PythonOperator(task_id=f"{how}_{number}", **arguments)
        made["failed", number] >> made["upstream_failed", number]
    return made


def build() -> tuple[DAG, dict[str, tuple[str, list[str]]]]:
    dag = DAG("rules", start_date=pendulum.datetime(2020, 1, 1), schedule=None)
    upstreams, cases = sources(dag), {}
    for rule in sorted(TriggerRule.all_triggers()):
        for size in (1, 2, 3):
            for mix in combinations_with_replacement(OUTCOMES, size):
                task_id = f"{rule}-{'-'.join(mix)}"
                join = PythonOperator(
                    task_id=task_id, python_callable=work, op_args=[""], trigger_rule=rule, dag=dag
                )
                for how in set(mix):
                    [upstreams[how, number] for number in range(mix.count(how))] >> join
                cases[task_id] = (str(rule), list(mix))
    return dag, cases


def states(dag: DAG) -> dict[str, str]:
    if airflow.__version__.startswith("2."):
        importlib.import_module("airflow.providers.fab.auth_manager.models")  # for its table
        run = dag.test(execution_date=DATE)
        return {ti.task_id: str(ti.state) for ti in run.get_task_instances()}
    from airflow.models.taskinstance import TaskInstance
    from airflow.utils.session import create_session

    dag.test(logical_date=DATE)
    with create_session() as session:
        return {ti.task_id: str(ti.state) for ti in session.query(TaskInstance).all()}


def main() -> None:
    found = states(dag)
    rows = [[rule, mix, found[task_id]] for task_id, (rule, mix) in cases.items()]
    out = Path(__file__).parent / f"airflow{airflow.__version__[0]}-rules.json"
    lines = ",\n".join(f"    {json.dumps(row)}" for row in rows)
    out.write_text(f'{{"airflow": "{airflow.__version__}", "rows": [\n{lines}\n]}}\n')


dag, cases = build()  # on the module's level, for Airflow 3 reads the DAG again from its folder

if __name__ == "__main__":
    main()
