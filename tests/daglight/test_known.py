"""What objects of Airflow have, and daglight has not, is refused by name and never merely missing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import RUNTIME, Folder

TaskOf = Callable[[dict[str, Any], str], dict[str, Any]]
NAMES = json.loads((RUNTIME / "daglight" / "attributes.json").read_text())
ASKS = """
import json
from airflow.utils.task_group import TaskGroup
from airflow.models import Connection, DagRun, Variable, XCom
from airflow.hooks.base import BaseHook

NAMES = json.loads(open({path!r}).read())[{version!r}]["names"]

def missing(things):
    for kind, thing in things.items():
        for name in NAMES[kind]:
            try:
                getattr(thing, name)
            except AttributeError as error:
                yield f"{{kind}}.{{name}}: {{error}}"
            except Exception:
                pass  # refused

def ask(ti, dag_run, dag, task):
    things = {{
        "TaskInstance": ti, "DagRun": dag_run, "DAG": dag, "BaseOperator": task,
        "TaskGroup": dag.task_group, "BaseHook": BaseHook(), "Connection": Connection(),
        "Variable": Variable, "XCom": XCom, "XComArg": task.output,
    }}
    return list(missing(things))

with DAG("d", **OPTIONS):
    PythonOperator(task_id="ask", python_callable=ask)
"""


@pytest.mark.parametrize("version", ["2", "3"])
def test_no_attribute_that_airflow_has_is_merely_missing(
    folder: Folder, task_of: TaskOf, version: str
) -> None:
    body = ASKS.format(path=str(RUNTIME / "daglight" / "attributes.json"), version=version)
    document = folder.trace(body, "--airflow-version", version)
    assert task_of(document, "ask")["xcoms"] == {"return_value": []}
    assert document["run"]["state"] == "incomplete"


@pytest.mark.parametrize(
    ("call", "refused"),
    [
        ("dag_run.get_log_template()", "DagRun.get_log_template"),
        ("DagRun.find(dag_id='d')", "DagRun.find"),
        ("XCom.get_many()", "XCom.get_many"),
        ("dag.partial_subset('a')", "DAG.partial_subset"),
        ("ti.xcom_pull('a', dag_id='other')", "xcom_pull from another DAG"),
        ("ti.are_dependents_done()", "TaskInstance.are_dependents_done"),
        ("str(airflow.security.permissions.ACTION_CAN_READ)", "ACTION_CAN_READ"),
        ("list(airflow.models.DagBag)", "airflow.models.DagBag"),
    ],
)
def test_what_asks_a_database_is_refused_by_name(folder: Folder, call: str, refused: str) -> None:
    body = f"""
import airflow.models, airflow.security.permissions
from airflow.models import DagRun, XCom

def ask(ti, dag_run, dag):
    try:
        {call}
    except AttributeError:
        return "missing"

with DAG("d", **OPTIONS):
    PythonOperator(task_id="ask", python_callable=ask)
"""
    run = folder.trace(body)["run"]
    assert run["state"] == "incomplete"
    assert f"daglight has no {refused}" in run["reason"].replace(
        "airflow.security.permissions.", ""
    )


def test_names_that_airflow_3_has_no_more_are_missing_there(
    folder: Folder, task_of: TaskOf
) -> None:
    body = """
def ask(ti, dag_run, task):
    gone = [(ti, "execution_date"), (ti, "dag_run"), (ti, "key"), (dag_run, "external_trigger"),
            (dag_run, "get_task_instances"), (task, "xcom_pull"), (ti, "no_such_name")]
    return [name for thing, name in gone if hasattr(thing, name)]

with DAG("d", **OPTIONS):
    PythonOperator(task_id="ask", python_callable=ask)
"""
    two = folder.trace(body, "--airflow-version", "2")
    assert task_of(two, "ask")["xcoms"]["return_value"] == [
        "execution_date",
        "dag_run",
        "key",
        "external_trigger",
        "get_task_instances",
        "xcom_pull",
    ]
    three = folder.trace(body, "--airflow-version", "3")
    assert task_of(three, "ask")["xcoms"]["return_value"] == []


@pytest.mark.parametrize(
    ("version", "page"),
    [
        ("2", "/dags/d/grid?dag_run_id=manual__2024-01-02T00%3A00%3A00%2B00%3A00&task_id=ask"),
        ("3", "/dags/d/runs/manual__2024-01-02T00%3A00%3A00%2B00%3A00/tasks/ask?try_number=1"),
    ],
)
def test_the_page_of_a_log_is_on_the_server_that_is_set(
    folder: Folder, task_of: TaskOf, version: str, page: str
) -> None:
    body = """
with DAG("d", **OPTIONS):
    PythonOperator(task_id="ask", python_callable=lambda ti: [ti.log_url, ti.mark_success_url])
"""
    servers = {
        "AIRFLOW__WEBSERVER__BASE_URL": "https://here",
        "AIRFLOW__API__BASE_URL": "https://here/",
    }
    document = folder.trace(
        body, "--airflow-version", version, "--logical-date", "2024-01-02T00:00:00", **servers
    )
    log, success = task_of(document, "ask")["xcoms"]["return_value"]
    assert log.startswith(f"https://here{page}")
    assert success.startswith("https://here/")


def test_variables_of_the_sdk_take_what_airflow_3_takes(folder: Folder, task_of: TaskOf) -> None:
    body = """
from airflow.sdk import Variable

def error(function, *arguments, **options):
    try:
        return function(*arguments, **options)
    except Exception as found:
        return type(found).__name__

def ask():
    return [
        error(Variable.get, "none", default_var=1), error(Variable.get, "none", default=1),
        error(Variable.set, "a", 5), error(Variable.set, "a", 5, serialize_json=True),
        error(Variable.get, "a", deserialize_json=True), error(Variable.delete, "a"),
    ]

with DAG("d", **OPTIONS):
    PythonOperator(task_id="ask", python_callable=ask)
"""
    found = task_of(folder.trace(body, "--airflow-version", "3"), "ask")
    # Observed in Airflow 3.3.2, where the third is a ValidationError, which is a ValueError.
    assert found["xcoms"]["return_value"] == ["TypeError", 1, "ValueError", None, 5, None]


def test_the_recorded_names_are_of_the_versions_that_daglight_emulates() -> None:
    assert {one: NAMES[one]["airflow"] for one in NAMES} == {"2": "2.11.2", "3": "3.3.2"}
    assert Path(RUNTIME, "daglight", "attributes.json").read_text().endswith("}\n")


@pytest.mark.parametrize(
    ("version", "found"), [("2", "daglight has no BaseOperator.run"), ("3", 7)]
)
def test_another_base_of_an_operator_gives_what_airflow_has_not_in_that_version(
    folder: Folder, task_of: TaskOf, version: str, found: Any
) -> None:
    body = """
from airflow.models import BaseOperator

class Runs:
    def run(self):
        return 7

class Both(BaseOperator, Runs):
    def execute(self, context):
        try:
            return self.run()
        except Exception as error:
            return str(error)

with DAG("d", **OPTIONS):
    Both(task_id="ask")
"""
    document = folder.trace(body, "--airflow-version", version)
    assert task_of(document, "ask")["xcoms"] == {"return_value": found}


def test_what_a_property_of_an_operator_lacks_is_named_itself(
    folder: Folder, task_of: TaskOf
) -> None:
    body = """
from airflow.models import BaseOperator

class Broken(BaseOperator):
    @property
    def address(self):
        return self.no_such_host

    def execute(self, context):
        return self.address

with DAG("d", **OPTIONS):
    Broken(task_id="ask")
"""
    error = task_of(folder.trace(body), "ask")["error"]
    assert error == "AttributeError: 'Broken' object has no attribute 'no_such_host'"


def test_an_instance_of_airflow_3_goes_by_its_name_there(folder: Folder, task_of: TaskOf) -> None:
    body = """
def ask(ti):
    ti.no_such_name

with DAG("d", **OPTIONS):
    PythonOperator(task_id="ask", python_callable=ask)
"""
    found = task_of(folder.trace(body, "--airflow-version", "3"), "ask")["error"]
    assert found == "AttributeError: 'RuntimeTaskInstance' object has no attribute 'no_such_name'"


def test_a_field_of_a_provider_may_be_called_like_what_is_refused(
    folder: Folder, task_of: TaskOf
) -> None:
    body = """
from airflow.providers.amazon.aws.operators.ecs import EcsRunTaskOperator

EcsRunTaskOperator.template_fields = ("run", "overrides")

with DAG("d", **OPTIONS):
    EcsRunTaskOperator(task_id="ask", overrides={})
"""
    document = folder.trace(body)
    assert document["run"] == {"state": "success", "reason": None}
    assert task_of(document, "ask")["rendered"] == {"run": None, "overrides": {}}
