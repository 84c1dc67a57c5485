"""Variables, connections, params, plugins and versions: what a run is given, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from conftest import HEAD, Folder

TaskOf = Callable[[dict[str, Any], str], dict[str, Any]]

VARIABLES = """
from airflow.models import Variable

with DAG("d", **OPTIONS):
    PythonOperator(
        task_id="a",
        python_callable=lambda: [Variable.get("text"), Variable.get("data", deserialize_json=True)],
    )
"""
CONNECTIONS = """
from airflow.hooks.base import BaseHook

def body():
    found = BaseHook.get_connection("db")
    return [found.conn_type, found.host, found.login, found.password, found.port, found.extra_dejson]

with DAG("d", **OPTIONS):
    PythonOperator(task_id="a", python_callable=body)
"""
DB = ["postgres", "h", "u", "p", 5432, {"k": "v"}]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("v.json", '{"text": "t", "data": {"k": [1]}}'),
        ("v.json", '{"text": "t", "data": {"value": {"k": [1]}, "description": "words"}}'),
        ("v.yaml", "text: t\ndata:\n  k: [1]\n"),
        ("v.env", '# words\n\ntext=t\ndata={"k": [1]}\n'),
        ("v", '{"text": "t", "data": "{\\"k\\": [1]}"}'),
    ],
)
def test_exports_of_variables_are_read(
    folder: Folder, task_of: TaskOf, name: str, text: str
) -> None:
    folder.write(name, text)
    task = task_of(folder.trace(VARIABLES, "--variables", name), "a")
    assert task["xcoms"] == {"return_value": ["t", {"k": [1]}]}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("c.json", '{"db": "postgresql://u:p@h:5432?k=v"}'),
        (
            "c.json",
            '{"db": {"conn_type": "postgres", "description": null, "host": "h", "login": "u", '
            '"password": "p", "schema": null, "port": 5432, "extra": "{\\"k\\": \\"v\\"}"}}',
        ),
        (
            "c.yml",
            "db:\n  conn_id: db\n  conn_type: postgres\n  host: h\n  login: u\n  password: p\n"
            "  port: 5432\n  extra_dejson: {k: v}\n",
        ),
        ("c.env", "db=postgres://u:p@h:5432/?k=v\n"),
        (
            "c.env",
            'db={"conn_type": "postgresql", "host": "h", "login": "u", "password": "p", '
            '"port": "5432", "extra": {"k": "v"}}\n',
        ),
    ],
)
def test_exports_of_connections_are_read(
    folder: Folder, task_of: TaskOf, name: str, text: str
) -> None:
    folder.write(name, text)
    task = task_of(folder.trace(CONNECTIONS, "--connections", name), "a")
    assert task["xcoms"] == {"return_value": DB}


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("c.json", "[]", "expected an object of connections by name, found list"),
        ("c.json", "{", "expected a file of connections"),
        ("c.yaml", "a: [", "expected a file of connections"),
        ("c.env", "db", "line 1: expected NAME=value, found 'db'"),
        ("c.env", "db=a://h\ndb=a://g\n", "line 2: db stands there a second time"),
        ("c.json", '{"db": 5}', "connection 'db': expected a URI or an object, found int"),
        ("c.json", '{"db": {"hots": "h"}}', "connection 'db': "),
        ("c.json", '{"db": {"conn_id": "bd"}}', "connection 'db': its conn_id is 'bd'"),
        ("c.json", '{"db": "a://b://c://d"}', "Invalid connection string"),
    ],
)
def test_a_file_that_is_no_export_is_refused(
    folder: Folder, name: str, text: str, words: str
) -> None:
    folder.write(name, text)
    assert words in folder.refusal(CONNECTIONS, "--connections", name)


def test_dag_test_takes_files_of_variables_and_connections(folder: Folder) -> None:
    folder.write("v.yaml", "text: t\n")
    folder.write("c.yaml", "db: a://h\n")
    folder.write(
        "dag.py",
        HEAD
        + """
from airflow.hooks.base import BaseHook
from airflow.models import Variable

with DAG("d", **OPTIONS) as dag:
    PythonOperator(
        task_id="a",
        python_callable=lambda: print(Variable.get("text"), BaseHook.get_connection("db").host),
    )
dag.test(variable_file_path="v.yaml", conn_file_path="c.yaml")
""",
    )
    assert "a | t h" in folder.run("dag.py").stdout


def test_a_run_that_airflow_would_not_make_is_refused_in_its_words(folder: Folder) -> None:
    body = """
from airflow.models.param import Param

with DAG("d", **OPTIONS, params={"n": Param(1, type="integer")}):
    PythonOperator(task_id="a", python_callable=lambda: 1)
"""
    words = "ParamValidationError: Invalid input for param n: 'x' is not of type 'integer'"
    assert words in folder.refusal(body, "--conf", '{"n": "x"}')


@pytest.mark.parametrize(
    ("module", "base", "words"),
    [
        ("base", "Timetable", "airflow.timetables.base.Timetable, which Moon is made of"),
        ("interval", "CronDataIntervalTimetable", "daglight has no timetable Moon"),
        ("events", "EventsTimetable", "EventsTimetable, which Moon is made of"),
    ],
)
def test_a_timetable_of_the_user_is_refused_by_name(
    folder: Folder, module: str, base: str, words: str
) -> None:
    body = f"""
from airflow.timetables.{module} import {base}

class Moon({base}):
    pass

with DAG("d", start_date=datetime(2024, 1, 1), schedule=Moon("0 0 * * *", timezone="UTC")):
    PythonOperator(task_id="a", python_callable=lambda: 1)
"""
    assert words in folder.refusal(body)


def test_a_schedule_of_something_else_than_assets_is_refused(folder: Folder) -> None:
    body = 'DAG("d", start_date=datetime(2024, 1, 1), schedule=["s3://b/k"])\n'
    assert "All elements in 'schedule' should be datasets" in folder.refusal(body)


@pytest.mark.parametrize(("version", "found"), [("2", "Dataset"), ("3", "Asset")])
def test_the_sdk_is_there_only_in_airflow_3(
    folder: Folder, task_of: TaskOf, version: str, found: str
) -> None:
    body = """
try:
    from airflow.sdk import Asset
except ImportError:
    from airflow.datasets import Dataset as Asset

with DAG("d", **OPTIONS):
    PythonOperator(task_id="a", python_callable=lambda: Asset.__name__)
"""
    task = task_of(folder.trace(body, "--airflow-version", version), "a")
    assert task["xcoms"] == {"return_value": found}


def test_macros_need_what_airflow_needs_for_them(folder: Folder) -> None:
    body = """
class Show(BaseOperator):
    template_fields = ("text",)
    text = "{{ macros.datetime_diff_for_humans(logical_date) }}"

with DAG("d", **OPTIONS):
    Show(task_id="a")
"""
    reason = "daglight has no macros.datetime_diff_for_humans"
    assert folder.trace(body)["run"] == {"state": "incomplete", "reason": reason}


def test_a_plugin_that_does_not_load_is_left_out_as_in_airflow_and_said(folder: Folder) -> None:
    folder.write("plugins/broken.py", "from airflow.plugins_manager import AirflowPlugin\n1 / 0\n")
    body = 'with DAG("d", **OPTIONS):\n    PythonOperator(task_id="a", python_callable=list)\n'
    folder.write("dags/dag.py", HEAD + body)
    done = folder.run("run", "dags/dag.py")
    assert done.returncode == 0, done.stderr
    assert "the plugin broken.py was left out: division by zero" in done.stdout + done.stderr


def test_a_module_of_the_plugins_folder_is_imported_by_name(
    folder: Folder, task_of: TaskOf
) -> None:
    folder.write("plugins/deep/__init__.py", "")
    folder.write("plugins/deep/more.py", "VALUE = 5\n")
    body = """
from deep.more import VALUE

with DAG("d", **OPTIONS):
    PythonOperator(task_id="a", python_callable=lambda: VALUE)
"""
    assert task_of(folder.trace(body), "a")["xcoms"] == {"return_value": 5}


def test_a_run_says_which_assets_it_wrote_and_that_no_sla_is_watched(folder: Folder) -> None:
    body = """
from airflow.datasets import Dataset

with DAG("d", **OPTIONS, sla_miss_callback=print):
    PythonOperator(task_id="a", python_callable=lambda: 1, outlets=[Dataset("s3://b/k")])
"""
    folder.write("dag.py", HEAD + body)
    lines = folder.run("run", "dag.py").stdout.splitlines()
    assert lines == [
        "note: no SLA is watched and sla_miss_callback is not called: the run has no scheduler",
        "a: try 1",
        "a: wrote s3://b/k",
        "a: success",
        "run: success",
    ]


def test_the_table_of_templated_fields_names_its_sources() -> None:
    from daglight import provided

    path = provided.Path(provided.__file__).with_name("provider_fields.json")
    table = json.loads(path.read_text())
    assert len(table["operators"]) >= 60
    assert all(name.startswith("apache-airflow-providers-") for name in table["source"])
    assert all(one["fields"] for one in table["operators"].values())
