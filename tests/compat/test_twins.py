"""Airflow's spelling on both sides: one body runs as a DAG and as a flow, and both do the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import write_helper
from dagferry.helper import HELPER, parts
from dagferry.parity import VerifyOptions
from dagferry.parity.both_sides import Folders
from dagferry.parity.manifest import Subject
from dagferry.parity.one_dag import verify_dag
from dagferry.parity.opening import started
from real_prefect import PYTHON, ROOT

TWINS = Path(__file__).with_name("twins")
NAMES = sorted(path.stem for path in TWINS.glob("*.py"))
OFFERED = [name for part in parts().values() for name in part.offers]

HOMES = {
    2: """
from airflow.exceptions import AirflowSkipException
from airflow.models.baseoperator import BaseOperator
from airflow.operators.bash import BashOperator
from airflow.operators.branch import BaseBranchOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import BranchPythonOperator, PythonOperator, ShortCircuitOperator
from airflow.sensors.base import BaseSensorOperator, PokeReturnValue
from airflow.sensors.python import PythonSensor
from airflow.utils.task_group import TaskGroup
""",
    3: """
from airflow.exceptions import AirflowSkipException
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.branch import BaseBranchOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.python import (
    BranchPythonOperator, PythonOperator, ShortCircuitOperator,
)
from airflow.providers.standard.sensors.python import PythonSensor
from airflow.sdk import BaseOperator, BaseSensorOperator, PokeReturnValue, TaskGroup
""",
}
CALLS = "airflow.providers.common.sql.operators.sql.SQLExecuteQueryOperator"


def dag_text(body, major):
    provided = (
        f"from {CALLS.rpartition('.')[0]} import {CALLS.rpartition('.')[2]} as CallOperator\n"
    )
    return "\n".join(
        [
            "from datetime import datetime, timedelta",
            "from airflow import DAG",
            HOMES[major],
            provided if "CallOperator" in body else "",
            body,
            "OPTIONS = {'default_args': globals().get('DEFAULTS', {}), 'params': {'colour': 'green'}}",
            "OPTIONS['on_failure_callback'] = globals().get('DAG_FAILURE')",
            "with DAG('twin', start_date=datetime(2024, 1, 1), schedule=None, **OPTIONS) as dag:",
            "    build()",
        ]
    )


def flow_text(body, major):
    return "\n".join(
        [
            "from datetime import datetime, timedelta",
            "from prefect import flow",
            f"from {HELPER} import {', '.join(OFFERED)}",
            f"CallOperator = recorded_operator({CALLS!r}, template_fields=['conn_id', 'sql', 'parameters'])",
            body,
            "DEFAULT_ARGS = globals().get('DEFAULTS')",
            "DAG_FAILURE = globals().get('DAG_FAILURE')",
            "HOOKS = [on_failure(DAG_FAILURE)] if DAG_FAILURE else None",
            "@flow(name='twin', log_prints=True, on_failure=HOOKS)",
            "def twin(logical_date: datetime | None = None):",
            f"    options = {{'airflow': {major}, 'params': {{'colour': 'green'}}}}",
            "    run = airflow_run(logical_date, dag_id='twin', **options)",
            "    with TaskGraph(run, default_args=DEFAULT_ARGS) as graph:",
            "        build()",
            "    return graph.leaves",
        ]
    )


def report(name, major, folder, options=None):
    body = (TWINS / f"{name}.py").read_text()
    dags, flows = folder / "dags", folder / "flows"
    dags.mkdir()
    flows.mkdir()
    (dags / "twin.py").write_text(dag_text(body, major))
    (flows / "twin.py").write_text(flow_text(body, major))
    write_helper(flows)
    subject = Subject(
        dag_id="twin",
        path="twin.py",
        output="twin.py",
        flow="twin",
        airflow_version=major,
        logical_date_parameter=True,
    )
    return verify_dag(subject, Folders(dags, flows), options or VerifyOptions())


def differences(found):
    different = [one for one in found.checks if one.verdict == "different"]
    checks = {one.check: (one.detail, one.airflow, one.flow) for one in different}
    return found.reason, checks


@pytest.mark.parametrize("major", [2, 3])
@pytest.mark.parametrize("name", NAMES)
def test_a_flow_does_what_the_dag_of_the_same_spelling_does(name, major, tmp_path):
    found = report(name, major, tmp_path)
    assert found.verdict == "equal", differences(found)


def test_the_calls_of_operators_that_were_not_converted_are_compared(tmp_path):
    found = {check.check: check for check in report("provided", 2, tmp_path).checks}
    assert (found["calls"].verdict, found["rendered"].verdict) == ("equal", "equal")


@pytest.fixture(scope="module", params=[2, 3])
def real(request):
    """Real Airflow of one major version and real Prefect, started once."""
    airflow = ROOT / ".envs" / f"airflow{request.param}" / "bin" / "python"
    asked = VerifyOptions(airflow=str(airflow), prefect=str(PYTHON), timeout=200, scenarios=0)
    with started(asked) as options:
        yield request.param, options


@pytest.mark.airflow
@pytest.mark.prefect
@pytest.mark.parametrize("name", [name for name in NAMES if name not in {"provided", "patience"}])
def test_the_real_engines_say_the_same(name, real, tmp_path):
    major, options = real
    found = report(name, major, tmp_path, options)
    assert found.verdict == "equal", differences(found)
