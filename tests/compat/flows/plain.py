"""Flows that use the helper without a graph."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

from airflow_compat import (
    AirflowSkipException,
    Variable,
    airflow_run,
    bash,
    skips,
)
from prefect import flow, task
from prefect.context import FlowRunContext


@task
def show(*values):
    return list(values)


@flow(log_prints=True)
def dates(logical_date: datetime | None = None, table: str = "t"):
    run = airflow_run(logical_date, schedule="0 6 * * *", params={"table": table})
    show(run.ds, run.data_interval_end, run.dag.dag_id, run.render("{{ ds }}/{{ params.table }}"))


@flow
def scheduled():
    flow_run = FlowRunContext.get().flow_run
    flow_run.auto_scheduled = True
    flow_run.expected_start_time = datetime.fromisoformat("2024-03-01T06:00:00+00:00")
    run = airflow_run(schedule="0 6 * * *")
    show(run.logical_date, run.data_interval_end, run.run_id)


@flow
def manual():
    run = airflow_run(schedule="0 6 * * *")
    asked_for = FlowRunContext.get().flow_run.expected_start_time
    show(run.logical_date == asked_for, run.next_ds == run.ds, run.run_id[:8])


@flow(log_prints=True)
def shell(folder: str):
    script = "echo one; echo two >&2; printf 'three  \\n\\nlast  '"
    bash(script)
    bash.with_options(name="nothing")("true")
    bash.with_options(name="no_newline")("printf 'a\\nb'")
    bash.with_options(name="env")("echo $A $HOME", env={"A": "1"})
    bash.with_options(name="more_env")("echo $A $HOME", env={"A": "1"}, append_env=True)
    bash.with_options(name="cwd")("pwd", cwd=folder)
    bash.with_options(name="temporary")("pwd; touch left_behind")
    bash.with_options(name="not_utf8")(r"printf '\xff\n'")


@flow
def exit_codes(folder: str):
    codes = [
        ("ok", 0, 99),
        ("skip", 99, 99),
        ("bad", 3, 99),
        ("some", 4, [4, 5]),
        ("none", 99, None),
    ]
    for name, code, skip_on in codes:
        body = bash.with_options(name=name)
        body(f"exit {code}", skip_on_exit_code=skip_on, return_state=True)
    bash.with_options(name="no_dir")("pwd", cwd=f"{folder}/missing", return_state=True)
    bash.with_options(name="file")("pwd", cwd=__file__, return_state=True)
    bash.with_options(name="killed")("kill -9 $$", return_state=True)


@flow
def timed_out(folder: str):
    pids = Path(folder, "pids").resolve()
    slow = f"sleep 300 & echo $! $$ > {pids}; wait"
    bash.with_options(timeout_seconds=1.5)(slow, return_state=True)
    show(all(ended(int(pid)) for pid in pids.read_text().split()))


def ended(pid: int) -> bool:
    """Whether the process is gone, now or soon; a zombie counts as gone."""
    status = Path(f"/proc/{pid}/stat")
    for _ in range(100):
        if not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.1)
    return False


@task
@skips
def maybe(go):
    if not go:
        raise AirflowSkipException
    return "went"


@flow
def skipping():
    show(maybe(True), maybe.with_options(name="not_now")(False, return_state=True).name)


@flow
def variables():
    Variable.set("compat_text", "5")
    Variable.set("compat_table", {"a": [1]}, serialize_json=True)
    Variable.set("compat_text", "6")
    text, table = Variable.get("compat_text"), Variable.get("compat_table", deserialize_json=True)
    rendered = airflow_run().render("{{ var.value.compat_text }} {{ var.json.compat_table.a }}")
    show(text, table, Variable.get("compat_none", default_var=None), rendered)
    Variable.get("compat_none")
