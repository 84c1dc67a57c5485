"""Operators, sensors, hooks and notifiers of providers record what they would do; stubs answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from conftest import HEAD, Folder

TaskOf = Callable[[dict[str, Any], str], dict[str, Any]]

SQL = """
from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator

with DAG("d", **OPTIONS, default_args={"conn_id": "warehouse", "nobodys": 1}):
    load = SQLExecuteQueryOperator(task_id="load", sql="select '{{ ds }}'", split_statements=True)
    load >> PythonOperator(task_id="after", python_callable=lambda ti: ti.xcom_pull("load"))
"""
HOOK = """
from airflow.providers.postgres.hooks.postgres import PostgresHook

def body():
    hook = PostgresHook(postgres_conn_id="pg")
    hook.run("delete from t", autocommit=True)
    with hook.get_conn().cursor() as cursor:
        cursor.execute("select 1")
    return hook.get_records("select 2")

with DAG("d", **OPTIONS):
    PythonOperator(task_id="a", python_callable=body)
"""
DATE = ("--logical-date", "2024-02-03")


def test_an_operator_of_a_provider_renders_its_fields_and_records_its_call(
    folder: Folder, task_of: TaskOf
) -> None:
    trace = folder.trace(SQL, *DATE)
    load = task_of(trace, "load")
    assert load["state"] == "success"
    assert load["rendered"]["sql"] == "select '2024-02-03'"
    arguments = {"conn_id": "warehouse", "sql": "select '2024-02-03'", "split_statements": True}
    assert load["calls"] == [["SQLExecuteQueryOperator", "execute", arguments]]
    assert (load["xcoms"], load["stubbed"]) == ({}, [False])
    assert task_of(trace, "after")["xcoms"] == {}


CONTAINER = """
from airflow.decorators import task

with DAG("d", **OPTIONS):
    @task.docker(image="python:3", command="{{ ds }}", multiple_outputs=True)
    def inside(n, day): raise AssertionError(n)
    @task
    def after(v): return v
    @task.kubernetes(image="python:3")
    def pod(x): raise AssertionError(x)
    @task.pyspark(conn_id="spark")
    def session(spark): raise AssertionError(spark)
    after(inside(1, "{{ ds }}")["k"])
    pod.expand(x=[1, 2])
    session()
"""


def test_a_function_for_a_container_is_not_run_and_its_call_recorded(
    folder: Folder, task_of: TaskOf
) -> None:
    folder.write("stubs.yaml", "inside: {value: {k: 5}}")
    trace = folder.trace(CONTAINER, *DATE, "--stubs", "stubs.yaml")
    inside = task_of(trace, "inside")
    [[owner, method, arguments]] = inside["calls"]
    assert (owner, method, arguments["image"]) == (
        "_ServiceDecoratedOperator",
        "execute",
        "python:3",
    )
    assert inside["rendered"]["op_args"] == [1, "2024-02-03"]
    assert inside["rendered"]["command"] == "2024-02-03"
    assert task_of(trace, "after")["xcoms"] == {"return_value": 5}
    pods = [one["calls"] for one in trace["tasks"] if one["task_id"] == "pod"]
    [[owner, method, arguments]] = pods[1]
    assert (owner, method, arguments["op_kwargs"]) == ("@task.kubernetes", "execute", {"x": 2})
    assert [one["calls"][0][0] for one in trace["tasks"] if one["task_id"] == "session"] == [
        "@task.pyspark"
    ]
    assert trace["run"]["state"] == "success"


def test_an_operator_of_a_provider_can_be_mapped(folder: Folder) -> None:
    body = """
from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator

with DAG("d", **OPTIONS):
    SQLExecuteQueryOperator.partial(task_id="load", conn_id="pg").expand(sql=["a", "b"])
"""
    trace = folder.trace(body)
    assert [one["calls"][0][2] for one in trace["tasks"]] == [
        {"conn_id": "pg", "sql": "a"},
        {"conn_id": "pg", "sql": "b"},
    ]


def test_a_run_says_what_was_recorded_and_not_executed(folder: Folder) -> None:
    folder.write("dag.py", HEAD + SQL)
    done = folder.run("run", "dag.py", *DATE)
    assert "load: recorded, not executed: SQLExecuteQueryOperator.execute" in done.stdout


@pytest.mark.parametrize("name", ["load", "SQLExecuteQueryOperator"])
def test_a_stub_gives_the_value_and_further_xcoms(
    folder: Folder, task_of: TaskOf, name: str
) -> None:
    folder.write("stubs.yaml", f"{name}: {{value: [[1, 2]], xcoms: {{rows: 1}}}}")
    trace = folder.trace(SQL, "--stubs", "stubs.yaml")
    assert task_of(trace, "load")["xcoms"] == {"return_value": [[1, 2]], "rows": 1}
    assert task_of(trace, "load")["stubbed"] == [True]
    assert task_of(trace, "after")["xcoms"] == {"return_value": [[1, 2]]}


def test_a_stub_raises_what_it_names(folder: Folder, task_of: TaskOf) -> None:
    folder.write("stubs.yaml", 'load: {raise: "AirflowSkipException: nothing to do"}')
    trace = folder.trace(SQL, "--stubs", "stubs.yaml")
    assert [one["state"] for one in trace["tasks"]] == ["skipped", "skipped"]
    assert task_of(trace, "load")["error"] == "AirflowSkipException: nothing to do"


def test_a_stub_of_any_task_keeps_its_body_from_running(folder: Folder, task_of: TaskOf) -> None:
    body = """
with DAG("d", **OPTIONS):
    PythonOperator(task_id="a", python_callable=lambda: 1 / 0, op_kwargs={"x": "{{ ds }}"})
"""
    folder.write("stubs.yaml", "a: {value: 5}")
    task = task_of(folder.trace(body, *DATE, "--stubs", "stubs.yaml"), "a")
    assert task["xcoms"] == {"return_value": 5}
    [[owner, method, arguments]] = task["calls"]
    assert (owner, method, arguments["op_kwargs"]) == (
        "PythonOperator",
        "execute",
        {"x": "2024-02-03"},
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[1]", "expected stubs by name, found list"),
        ("load: 5", "expected an object of raise, value, xcoms; found 5"),
        ("load: {valeu: 5}", "expected an object of raise, value, xcoms"),
        ("load: {xcoms: 5}", "expected xcoms by key"),
        ("lod: {value: 5}", "'lod' is no task of the DAG (tasks: after, load)"),
        ("x: {", "expected a YAML file of stubs"),
    ],
)
def test_stubs_that_could_not_be_meant_are_refused(folder: Folder, text: str, words: str) -> None:
    folder.write("stubs.yaml", text)
    assert words in folder.refusal(SQL, "--stubs", "stubs.yaml")


def test_a_hook_records_every_call_in_order(folder: Folder, task_of: TaskOf) -> None:
    folder.write("stubs.yaml", "PostgresHook.get_records: {value: [[7]]}")
    trace = folder.trace(HOOK, "--stubs", "stubs.yaml")
    task = task_of(trace, "a")
    hook = {"postgres_conn_id": "pg"}
    assert task["calls"] == [
        ["PostgresHook", "run", {"hook": hook, "args": ["delete from t"], "autocommit": True}],
        ["PostgresHook", "get_conn", {"hook": hook}],
        ["PostgresHook.get_conn", "cursor", {}],
        ["PostgresHook.get_conn.cursor", "execute", {"args": ["select 1"]}],
        ["PostgresHook", "get_records", {"hook": hook, "args": ["select 2"]}],
    ]
    assert task["xcoms"] == {"return_value": [[7]]}


@pytest.mark.parametrize(
    "use",
    ["if rows: pass", "list(rows)", "rows[0]", "len(rows)", "rows == 1", "f'{rows}'", "rows + 1"],
)
def test_a_value_that_nobody_knows_is_not_guessed(
    folder: Folder, task_of: TaskOf, use: str
) -> None:
    body = f"""
from airflow.providers.http.hooks.http import HttpHook

def body():
    rows = HttpHook().run("x")
    {use}

with DAG("d", **OPTIONS):
    PythonOperator(task_id="a", python_callable=body)
"""
    trace = folder.trace(body)
    reason = (
        "daglight has no value for HttpHook.run, whose call was only recorded: "
        "give one with --stubs"
    )
    assert trace["run"] == {"state": "incomplete", "reason": reason}
    assert task_of(trace, "a")["state"] == "failed"


def test_a_value_that_nobody_knows_is_no_xcom(folder: Folder, task_of: TaskOf) -> None:
    trace = folder.trace(HOOK)
    assert "no value for PostgresHook.get_records" in task_of(trace, "a")["error"]
    assert trace["run"]["state"] == "incomplete"


def test_a_hook_that_is_used_while_the_file_loads_is_refused(folder: Folder) -> None:
    body = "from airflow.providers.http.hooks.http import HttpHook\nHttpHook().run('x')\n"
    assert "call of HttpHook.run while the DAG file loads" in folder.refusal(body)


def test_a_hook_of_a_connection_s_type_is_a_stand_in(folder: Folder, task_of: TaskOf) -> None:
    body = """
from airflow.hooks.base import BaseHook

def body():
    BaseHook.get_hook("db").run("x")

with DAG("d", **OPTIONS):
    PythonOperator(task_id="a", python_callable=body)
"""
    trace = folder.trace(body, AIRFLOW_CONN_DB="postgres://h")
    call = ["PostgresHook", "run", {"hook": {"args": ["db"]}, "args": ["x"]}]
    assert task_of(trace, "a")["calls"] == [call]


def test_a_user_s_subclass_of_a_provider_s_operator_runs_its_own_code(
    folder: Folder, task_of: TaskOf
) -> None:
    body = """
from airflow.providers.amazon.aws.operators.s3 import S3ListOperator

class Own(S3ListOperator):
    template_fields = ("bucket", "more")

    def __init__(self, *, more, **kwargs):
        super().__init__(**kwargs)
        self.more = more

    def execute(self, context):
        return [self.bucket, self.more, super().execute(context)]

with DAG("d", **OPTIONS):
    Own(task_id="a", bucket="{{ ds }}", more="{{ ds_nodash }}")
"""
    task = task_of(folder.trace(body, *DATE), "a")
    assert task["xcoms"]["return_value"] == ["2024-02-03", "20240203", None]
    assert task["calls"] == [["S3ListOperator", "execute", {"bucket": "2024-02-03"}]]


def test_what_a_stand_in_does_not_have_is_named(folder: Folder, task_of: TaskOf) -> None:
    body = """
from airflow.providers.amazon.aws.operators.s3 import S3ListOperator

class Own(S3ListOperator):
    def execute(self, context):
        return self.hook.list_keys()

with DAG("d", **OPTIONS):
    Own(task_id="a", bucket="x")
"""
    error = task_of(folder.trace(body), "a")["error"]
    assert error.startswith("AttributeError: S3ListOperator has no attribute 'hook' that daglight")


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("airflow.providers.snowflake.operators.snowflake", "SnowflakeOperator"),
        ("airflow.providers.google.cloud.sensors.gcs", "GCSObjectExistenceSensor"),
        ("airflow.contrib.operators.bigquery_operator", "BigQueryOperator"),
        ("airflow.contrib.sensors.gcs_sensor", "GoogleCloudStorageObjectSensor"),
        ("airflow.operators.postgres_operator", "PostgresOperator"),
        ("airflow.operators.mysql_operator", "MySqlOperator"),
        ("airflow.operators.email", "EmailOperator"),
        ("airflow.operators.email_operator", "EmailOperator"),
        ("airflow.operators.s3_to_redshift_operator", "S3ToRedshiftTransferOperator"),
        ("airflow.sensors.s3_key_sensor", "S3KeySensor"),
        ("airflow.sensors.external_task", "ExternalTaskSensor"),
    ],
)
def test_operators_of_every_age_can_be_imported_and_run(
    folder: Folder, task_of: TaskOf, module: str, name: str
) -> None:
    given = "external_dag_id='o'" if name == "ExternalTaskSensor" else "thing=1"
    body = f"from {module} import {name}\nwith DAG('d', **OPTIONS):\n"
    task = task_of(folder.trace(f"{body}    {name}(task_id='a', {given})\n"), "a")
    assert task["state"] == "success"
    assert [call[:2] for call in task["calls"]] == [[name, "execute"]]


def test_a_part_of_a_provider_keeps_its_arguments(folder: Folder, task_of: TaskOf) -> None:
    body = """
from airflow.providers.cncf.kubernetes.operators.pod import KubernetesPodOperator
from airflow.providers.cncf.kubernetes.secret import Secret

with DAG("d", **OPTIONS):
    KubernetesPodOperator(task_id="a", image="i:{{ ds }}", secrets=[Secret("env", "K", "s")])
"""
    [[_, _, arguments]] = task_of(folder.trace(body, *DATE), "a")["calls"]
    fields = {"arguments": {"args": ["env", "K", "s"]}}
    secret = {"$type": "dataclass", "name": "Secret", "fields": fields}
    assert arguments == {"image": "i:2024-02-03", "secrets": [secret]}


def test_notifiers_and_mails_of_callbacks_are_recorded(folder: Folder, task_of: TaskOf) -> None:
    body = """
from airflow.providers.slack.hooks.slack_webhook import SlackWebhookHook
from airflow.providers.slack.notifications.slack import send_slack_notification
from airflow.utils.email import send_email

def mail(context):
    send_email(to=["a@b.c"], subject=context["ti"].task_id)

def of_run(context):
    SlackWebhookHook(slack_webhook_conn_id="s").send(text=context["reason"])

with DAG("d", **OPTIONS, on_success_callback=of_run):
    PythonOperator(
        task_id="a",
        python_callable=lambda: 1,
        on_success_callback=[send_slack_notification(text="{{ ds }}"), mail],
    )
"""
    assert task_of(folder.trace(body, *DATE), "a")["calls"] == [
        ["send_slack_notification", "notify", {"text": "2024-02-03"}],
        ["airflow.utils.email", "send_email", {"to": ["a@b.c"], "subject": "a"}],
        ["SlackWebhookHook", "send", {"hook": {"slack_webhook_conn_id": "s"}, "text": "success"}],
    ]


def test_an_external_task_is_recorded_as_waited_for(folder: Folder, task_of: TaskOf) -> None:
    body = """
from airflow.sensors.external_task import ExternalTaskMarker, ExternalTaskSensor

with DAG("d", **OPTIONS):
    ExternalTaskSensor(task_id="a", external_dag_id="{{ dag.dag_id }}_2", external_task_id="t", timeout=5)
    ExternalTaskMarker(task_id="b", external_dag_id="o", external_task_id="t")
"""
    trace = folder.trace(body)
    [[owner, _, arguments]] = task_of(trace, "a")["calls"]
    assert (owner, arguments["external_dag_id"]) == ("ExternalTaskSensor", "d_2")
    assert arguments["external_task_ids"] == ["t"]
    assert task_of(trace, "b")["calls"] == []


def test_a_run_of_another_dag_is_recorded_and_its_end_can_not_be_waited_for(
    folder: Folder, task_of: TaskOf
) -> None:
    body = """
from airflow.operators.trigger_dagrun import TriggerDagRunOperator

with DAG("d", **OPTIONS):
    TriggerDagRunOperator(task_id="a", trigger_dag_id="o", trigger_run_id="r", conf={"k": "{{ ds }}"})
    TriggerDagRunOperator(task_id="b", trigger_dag_id="o", wait_for_completion=True)
"""
    trace = folder.trace(body, *DATE)
    asked = {"dag_id": "o", "run_id": "r", "conf": {"k": "2024-02-03"}}
    assert task_of(trace, "a")["calls"] == [["TriggerDagRunOperator", "execute", asked]]
    reason = "daglight has no TriggerDagRunOperator(wait_for_completion=True)"
    assert trace["run"] == {"state": "incomplete", "reason": reason}
