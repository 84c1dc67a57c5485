"""What the bundled engines say of schedules is what real Airflow and real Prefect say."""

from __future__ import annotations

import pytest
from dagferry import manifest as manifests
from dagferry.parity import VerifyOptions, verify
from dagferry.parity.manifest import read_subjects
from dagferry.parity.one_dag import Folders, run_airflow, run_flow
from dagferry.parity.opening import started
from dagferry.pipeline import convert_input
from dagferry.report.records import to_json
from dagferry.source.discover import read_input
from test_real_engines import interpreter

pytestmark = [pytest.mark.airflow, pytest.mark.prefect]

DAG = """\
from datetime import timedelta

import pendulum
from airflow import DAG
from airflow.operators.bash import BashOperator

ARGUMENTS = {
    "before_the_change": {"schedule": "30 2 * * *"},
    "every_hour": {"schedule": "*/30 * * * *"},
    "every_two_hours": {"schedule": "0 */2 * * *"},
    "on_workdays": {"schedule": "30 7 * * 1-5", "max_active_runs": 2, "is_paused_upon_creation": False},
    "monthly": {"schedule": "@monthly", "end_date": pendulum.datetime(2040, 1, 1)},
    "hours": {"schedule": timedelta(hours=7), "catchup": True},
    "days": {"schedule": timedelta(days=1)},
    "asked": {"schedule": None},
    "once": {"schedule": "@once"},
}

for name, arguments in ARGUMENTS.items():
    start = pendulum.datetime(2024, 1, 1, 1, 30, tz="Europe/Berlin")
    with DAG(name, start_date=start, **{"catchup": False, **arguments}) as dag:
        BashOperator(task_id="tell", bash_command="echo {{ ds }}")
    globals()[name] = dag
"""
FLOW_DAG = """\
import pendulum
from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG(
    "six",
    start_date=pendulum.datetime(2024, 1, 1, tz="Europe/Berlin"),
    schedule="0 6 * * *",
    catchup=False,
    max_active_runs=1,
) as dag:
    BashOperator(task_id="tell", bash_command="echo {{ data_interval_start }}")
"""


@pytest.fixture(scope="module")
def prefect():
    with started(VerifyOptions(prefect=interpreter("prefect"), scenarios=0)) as options:
        yield options.started


@pytest.fixture(scope="module", params=[2, 3])
def engines(request, prefect):
    asked = VerifyOptions(
        airflow=interpreter(request.param), started=prefect, timeout=120, scenarios=0
    )
    with started(asked) as options:
        yield options


def converted(folder, source, version):
    dags, flows = folder / "dags", folder / "flows"
    for one in (dags, flows):
        one.mkdir()
    (dags / "one.py").write_text(source)
    made = convert_input(read_input([dags]), airflow_version=version)
    for path, data in made.outputs.items():
        (flows / path).parent.mkdir(exist_ok=True)
        (flows / path).write_bytes(data)
    return dags, flows, manifests.build({}, made.outputs, "", to_json(made.files))


def test_daglight_says_of_schedules_what_airflow_says(engines, tmp_path):
    dags, flows, manifest = converted(tmp_path, DAG, engines.airflow_version)
    subjects = read_subjects(manifest)
    assert len(subjects) == 9
    with started(VerifyOptions(timeout=60)) as light:
        for subject in subjects:
            found = run_airflow(subject, Folders(dags, flows), light).trace
            real = run_airflow(subject, Folders(dags, flows), engines).trace
            assert found is not None
            assert real is not None
            assert comparable(found.schedule) == comparable(real.schedule), subject.dag_id


def comparable(schedule):
    """Without the times of what begins when the DAG is switched on."""
    return {**schedule, "windows": []} if not schedule["anchored"] else schedule


def test_flowlight_says_of_deployments_what_prefect_says(engines, tmp_path):
    dags, flows, manifest = converted(tmp_path, FLOW_DAG, engines.airflow_version)
    (subject,) = read_subjects(manifest)
    with started(VerifyOptions(timeout=60)) as light:
        airflow = run_airflow(subject, Folders(dags, flows), light).trace
        assert airflow is not None
        found = [run_flow(subject, Folders(dags, flows), one, airflow) for one in (light, engines)]
    own, real = (one.trace.schedule for one in found if one.trace is not None)
    assert own == real
    assert own["windows"][0]["intervals"] is not None


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        ("", "", "equal"),
        ("Europe/Berlin", "UTC", "different"),
        ("concurrency_limit: 1", "concurrency_limit: 2", "different"),
    ],
)
def test_a_wrong_deployment_is_different_on_real_engines(engines, tmp_path, old, new, verdict):
    dags, flows, manifest = converted(tmp_path, FLOW_DAG, engines.airflow_version)
    file = flows / "prefect.yaml"
    file.write_text(file.read_text().replace(old, new) if old else file.read_text())
    (dag,) = verify(dags, flows, manifest, engines).dags
    (found,) = (one for one in dag.checks if one.check == "schedule")
    assert found.verdict == verdict, found.detail
