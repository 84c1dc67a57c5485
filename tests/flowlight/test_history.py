from __future__ import annotations

import json
import logging
import os
import re
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flowlight import flow, get_run_logger, task
from flowlight.blocks.system import Secret
from flowlight.history.queries import find_runs, flow_runs, logs
from flowlight.history.sink import recording
from flowlight.world import World, use

COMMAND = [sys.executable, "-W", "error", "-m", "flowlight"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FLOWLIGHT_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("FLOWLIGHT_HISTORY", raising=False)
    return tmp_path / "home"


def recorded(run: Callable[[], Any]) -> Any:
    """What `run` gives, its runs being recorded."""
    with recording() as history, use(World(sinks=(history,), sleep=lambda _: None)):
        return run()


def rows(home: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(home / "flowlight.db")) as database:
        return database.execute(query).fetchall()


def flowlight(folder: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], cwd=folder, capture_output=True, text=True, timeout=120, **options
    )


def write(folder: Path, body: str) -> None:
    source = "from prefect import flow, get_run_logger, task\n" + body
    (folder / "etl.py").write_text(source)


SIMPLE = "@flow\ndef main(n: int = 1):\n    get_run_logger().info('n is %s', n)\n    return n\n"


def test_runs_and_their_states_are_kept(home: Path) -> None:
    @task(retries=1)
    def bad() -> None:
        raise ValueError("no")

    @flow(flow_run_name="sub")
    def inner() -> None:
        bad(return_state=True)

    @flow(name="outer", flow_run_name="run-{n}")
    def main(n: int) -> None:
        inner()

    recorded(lambda: main(5))
    sub, outer = flow_runs(10, None, None)
    assert (outer["flow"], outer["name"], outer["parameters"]) == ("outer", "run-5", {"n": 5})
    assert (sub["name"], sub["parent"], sub["tasks"]) == ("sub", outer["id"], 1)
    assert (outer["state"], sub["state_name"]) == ("COMPLETED", "Completed")
    names = rows(home, "SELECT name FROM states WHERE run_id IN (SELECT id FROM task_runs)")
    assert [name for (name,) in names] == [*("Pending", "Running", "Retrying", "Failed")]
    assert rows(home, "SELECT task, run_count, state_name FROM task_runs") == [("bad", 2, "Failed")]


def test_logs_are_kept_with_their_runs() -> None:
    @task(retries=1)
    def step() -> None:
        get_run_logger().warning("100%% of %s", "it")
        try:
            raise KeyError("k")
        except KeyError:
            get_run_logger().exception("caught")
        raise ValueError("again")

    @flow(log_prints=True, on_completion=[lambda *_: 1 / 0])
    def main() -> int:
        print("printed")  # noqa: T201  # what is tested
        get_run_logger().debug("not asked for")
        step(return_state=True)
        return 1

    recorded(main)
    lines = logs(flow_runs(1, None, None)[0]["id"])
    assert [(line["level"], line["text"].splitlines()[0]) for line in lines] == [
        ("INFO", "printed"),
        *[
            ("WARNING", "100% of it"),
            ("ERROR", "caught"),
            ("INFO", "ValueError('again'); next try in 0 s"),
        ],
        *[("WARNING", "100% of it"), ("ERROR", "caught")],
        ("ERROR", lines[-1]["text"]),
    ]
    assert "ZeroDivisionError" in lines[-1]["text"]
    assert lines[2]["text"].endswith("KeyError: 'k'")
    assert [bool(line["task_run"]) for line in lines] == [False, *[True] * 5, False]


def test_events_and_artifacts_are_kept_with_their_runs(home: Path) -> None:
    from flowlight.artifacts.creating import create_markdown_artifact
    from flowlight.emit_event import emit_event

    @task
    def step() -> None:
        emit_event("thing.happened", {"prefect.resource.id": "thing"}, payload={"n": 1})
        create_markdown_artifact("# text", key="report")

    @flow
    def main() -> None:
        step()

    recorded(main)
    ids = rows(home, "SELECT flow_run_id, id FROM task_runs")
    assert rows(home, "SELECT flow_run_id, task_run_id FROM events") == ids
    assert rows(home, "SELECT flow_run_id, task_run_id FROM artifacts") == ids
    (event, document), *_ = rows(home, "SELECT event, document FROM events")
    assert (event, json.loads(document)["payload"]) == ("thing.happened", {"n": 1})


def test_a_parameter_that_is_secret_or_large_is_not_written(home: Path) -> None:
    @flow(validate_parameters=False)
    def main(secret: Any, large: Any, small: Any) -> None:
        pass

    recorded(lambda: main(Secret(value="sk-hidden"), list(range(20_000)), {"a": [1]}))
    parameters = flow_runs(1, None, None)[0]["parameters"]
    assert parameters["small"] == {"a": [1]}
    assert parameters["large"] == {"$type": "opaque", "name": "list, too large to keep"}
    assert parameters["secret"] == {"$type": "opaque", "name": "Secret"}
    assert b"sk-hidden" not in b"".join(path.read_bytes() for path in home.iterdir())


def test_nothing_is_left_behind_by_a_recording() -> None:
    before = set(threading.enumerate()), list(logging.getLogger("prefect.flow_runs").handlers)
    recorded(flow(lambda: 1, name="f"))
    after = set(threading.enumerate()), list(logging.getLogger("prefect.flow_runs").handlers)
    assert before == after


def test_a_run_is_recorded_unless_it_is_said_otherwise(tmp_path: Path, home: Path) -> None:
    write(tmp_path, SIMPLE + "if __name__ == '__main__':\n    main(9)\n")
    off, on = {**os.environ, "FLOWLIGHT_HISTORY": "0"}, {**os.environ, "FLOWLIGHT_HISTORY": "1"}
    for arguments, environment in [
        (("run", "etl.py", "-p", "n=1"), None),
        (("run", "etl.py", "-p", "n=2", "--no-history"), on),
        (("run", "etl.py", "-p", "n=3"), off),
        (("run", "etl.py", "-p", "n=4", "--history"), off),
        (("etl.py",), None),
        (("etl.py",), on),
    ]:
        assert flowlight(tmp_path, *arguments, env=environment).returncode == 0
    found = [run["parameters"]["n"] for run in flow_runs(10, None, None)]
    assert found == [9, 4, 1]
    wrong = flowlight(tmp_path, "run", "etl.py", env={**off, "FLOWLIGHT_HISTORY": "maybe"})
    assert wrong.returncode == 2
    assert wrong.stderr == "FLOWLIGHT_HISTORY: expected 1 or 0, found 'maybe'\n"


def test_a_trace_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "from prefect.variables import Variable\nVariable.set('a', 1)\n" + SIMPLE)
    environment = {**os.environ, "HOME": str(tmp_path / "user"), "FLOWLIGHT_HOME": ""}
    command = [sys.executable, "-m", "flowlight.trace", "etl.py", "--out", "trace.json"]
    for _ in range(2):  # a variable that stayed would be taken
        subprocess.run(command, cwd=tmp_path, env=environment, check=True, timeout=60)
    assert json.loads((tmp_path / "trace.json").read_text())["run"]["state"] == "success"
    assert not (tmp_path / "user").exists()


def test_a_trace_sees_a_copy_of_a_home_that_is_named(tmp_path: Path) -> None:
    Secret(value="of the home").save("known")
    write(
        tmp_path,
        "from prefect.blocks.system import Secret\n"
        "@task\ndef step():\n    before = Secret.load('known').get()\n"
        "    Secret(value='changed').save('known', overwrite=True)\n"
        "    return [before, Secret.load('known').get()]\n"
        "@flow\ndef main():\n    step()\n",
    )
    command = [sys.executable, "-m", "flowlight.trace", "etl.py", "--out", "trace.json"]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=60)
    (traced,) = json.loads((tmp_path / "trace.json").read_text())["tasks"]
    assert traced["result"] == {"value": ["of the home", "changed"]}
    assert Secret.load("known").get() == "of the home"


def test_runs_are_listed_and_their_logs_shown(tmp_path: Path) -> None:
    write(
        tmp_path,
        SIMPLE
        + "@flow(name='other', flow_run_name='known')\ndef o():\n    raise ValueError('x')\n",
    )
    assert flowlight(tmp_path, "runs").stdout.startswith("no runs")
    flowlight(tmp_path, "run", "etl.py:main", "-p", "n=7")
    flowlight(tmp_path, "run", "etl.py:o")
    header, *lines = flowlight(tmp_path, "runs").stdout.splitlines()
    assert header.split() == ["ID", "FLOW", "RUN", "STATE", "STARTED", "SECONDS", "TASKS"]
    assert [line.split()[1] for line in lines] == ["other", "main"]
    for filters, names in [
        (("--limit", "1"), ["other"]),
        (("--flow", "main"), ["main"]),
        (("--state", "failed"), ["other"]),
        (("--state", "Completed"), ["main"]),
        (("--state", "crashed"), []),
    ]:
        done = json.loads(flowlight(tmp_path, "runs", *filters, "--json").stdout)
        assert [run["flow"] for run in done["runs"]] == names
    ident = lines[1].split()[0]
    assert flowlight(tmp_path, "logs", ident).stdout.endswith(" INFO flow: n is 7\n")
    shown = json.loads(flowlight(tmp_path, "logs", "known", "--json").stdout)
    assert (shown["run"]["message"], shown["lines"]) == (
        "Flow run encountered an exception: ValueError: x",
        [],
    )


def test_a_run_that_is_not_there_or_not_the_only_one_is_said(tmp_path: Path) -> None:
    write(tmp_path, "@flow(flow_run_name='same')\ndef main():\n    pass\n")
    for _ in range(2):
        flowlight(tmp_path, "run", "etl.py")
    missing = flowlight(tmp_path, "logs", "nowhere")
    assert (missing.returncode, missing.stderr) == (
        2,
        "there is no run 'nowhere'; `flowlight runs` lists them\n",
    )
    several = flowlight(tmp_path, "logs", "same")
    assert several.returncode == 2
    assert several.stderr.startswith("'same' is the name of several runs; ask by id: ")


def test_two_processes_may_write_one_file(tmp_path: Path, home: Path) -> None:
    write(
        tmp_path,
        "import sys\n@task\ndef step(n):\n    get_run_logger().info('step %s', n)\n"
        "@flow\ndef main():\n    sys.stdin.read()\n    step.map(range(200)).wait()\n",
    )
    command = [*COMMAND, "run", "etl.py"]
    children = [
        subprocess.Popen(
            command,
            cwd=tmp_path,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    told = [child.communicate(timeout=200)[1] for child in children]
    assert [child.returncode for child in children] == [0, 0]
    assert [text.partition("history:")[1:] for text in told] == [("", "")] * 2
    for run in flow_runs(10, None, None):
        assert (run["state"], run["tasks"], len(logs(run["id"]))) == ("COMPLETED", 200, 200)
    assert rows(home, "PRAGMA integrity_check") == [("ok",)]


def test_a_process_that_is_killed_leaves_what_it_did(tmp_path: Path, home: Path) -> None:
    write(
        tmp_path,
        "import sys\n@task\ndef step():\n    get_run_logger().info('done')\n"
        "@flow\ndef main():\n    step()\n    sys.stdin.read()\n",
    )
    with subprocess.Popen(
        [*COMMAND, "run", "etl.py"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as child:
        try:
            wait_until(lambda: completed_tasks(home) == 1)
            (alive,) = flow_runs(10, None, None)
        finally:
            child.send_signal(signal.SIGKILL)
    (gone,) = flow_runs(10, None, None)
    assert (alive["state"], alive["process_gone"]) == ("RUNNING", False)
    assert (gone["state"], gone["process_gone"]) == ("RUNNING", True)
    assert "Running (process gone)" in flowlight(tmp_path, "runs").stdout
    assert [line["text"] for line in logs(gone["id"])] == ["done"]
    assert rows(home, "PRAGMA integrity_check") == [("ok",)]


def completed_tasks(home: Path) -> int:
    if not (home / "flowlight.db").exists() or not flow_runs(1, None, None):
        return 0
    return int(rows(home, "SELECT count(*) FROM task_runs WHERE state_name = 'Completed'")[0][0])


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 100
    while not condition():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.02)


def test_a_full_disk_is_said_and_the_run_goes_on(tmp_path: Path) -> None:
    write(
        tmp_path,
        "@flow\ndef main():\n    for n in range(300):\n"
        "        get_run_logger().info('x' * 10_000)\n    return 'the result'\n",
    )

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))

    done = flowlight(tmp_path, "run", "etl.py", "--format", "json", preexec_fn=limited)
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout)["result"] == "the result"
    told = re.findall(
        r"history: \S*flowlight\.db: .*; the run goes on without being rec", done.stderr
    )
    assert len(told) == done.stderr.count("history:") == 1
    assert "Traceback" not in done.stderr


def test_a_folder_that_cannot_be_made_is_said_and_the_run_goes_on(tmp_path: Path) -> None:
    write(tmp_path, SIMPLE)
    (tmp_path / "file").write_text("")
    environment = {**os.environ, "FLOWLIGHT_HOME": str(tmp_path / "file" / "home")}
    done = flowlight(tmp_path, "run", "etl.py", env=environment)
    assert (done.returncode, done.stdout) == (0, "main: Completed\n")
    assert "the run goes on without being recorded" in done.stderr
    assert "Traceback" not in done.stderr
    listing = flowlight(tmp_path, "runs", env=environment)
    assert listing.returncode == 2
    assert "FLOWLIGHT_HOME" in listing.stderr
    assert "Traceback" not in listing.stderr


@pytest.mark.parametrize(("log_prints", "megabytes"), [(True, 300), (False, 1000)])
def test_a_task_that_prints_up_to_a_gigabyte_stays_small(
    log_prints: bool, megabytes: int, tmp_path: Path
) -> None:
    write(
        tmp_path,
        f"@task\ndef prints():\n    line = 'x' * 1_000_000\n"
        f"    for n in range({megabytes}):\n        print(line)\n"
        f"@flow(log_prints={log_prints})\ndef main():\n    prints.submit().result()\n"
        # Not `getrusage`: its figure begins with what the process had that started this one.
        "    status = open('/proc/self/status').read()\n"
        "    return int(status.partition('VmHWM:')[2].split()[0])\n",
    )
    answer = tmp_path / "answer"
    with answer.open("wb") as out:
        subprocess.run(
            [*COMMAND, "run", "etl.py", "--format", "json"],
            cwd=tmp_path,
            stdout=out,
            stderr=subprocess.DEVNULL,
            check=True,
            timeout=300,
        )
    kilobytes = json.loads(answer.read_text())["result"]
    assert kilobytes < 280_000  # less than what was printed
    lines = logs(flow_runs(1, None, None)[0]["id"])
    assert len(lines) == (megabytes if log_prints else 0)
    assert all(line["text"].endswith("... [934464 more characters]") for line in lines)


def test_a_name_and_the_beginning_of_an_id_find_a_run() -> None:
    recorded(flow(lambda: 1, name="f", flow_run_name="100%_named"))
    (run,) = find_runs("100%_named")
    assert find_runs(run["id"]) == find_runs(run["id"][:6]) == [run]
    assert find_runs("%") == find_runs("_") == []


def test_the_level_of_the_log_can_be_set(tmp_path: Path) -> None:
    write(
        tmp_path,
        "@flow(flow_run_name='{level}')\ndef main(level):\n    logger = get_run_logger()\n"
        "    logger.debug('fine')\n    logger.info('plain')\n    logger.error('bad')\n",
    )
    for level, texts in [("DEBUG", ["fine", "plain", "bad"]), ("ERROR", ["bad"])]:
        environment = {**os.environ, "PREFECT_LOGGING_LEVEL": level}
        done = flowlight(tmp_path, "run", "etl.py", "-p", f"level={level}", env=environment)
        assert [text in done.stderr for text in ("fine", "plain", "bad")] == [
            text in texts for text in ("fine", "plain", "bad")
        ]
        assert [line["text"] for line in logs(find_runs(level)[0]["id"])] == texts
    wrong = {**os.environ, "PREFECT_LOGGING_LEVEL": "loud"}
    refused = flowlight(tmp_path, "run", "etl.py", "-p", "level=x", env=wrong)
    assert (refused.returncode, "found 'loud'" in refused.stderr) == (2, True)
    assert "Traceback" not in refused.stderr


def test_a_secret_is_used_as_the_manuals_of_prefect_2_and_3_show_it(tmp_path: Path) -> None:
    write(
        tmp_path,
        "from prefect.blocks.system import Secret\n"
        "from prefect.logging import get_run_logger as of_logging\n"
        "@task\ndef use_secret():\n    key = Secret.load('my-api-key').get()\n"
        "    of_logging().info('key loaded')\n    return f'Using key: {key[:4]}...'\n"
        "@flow\ndef main():\n    return use_secret()\n",
    )
    unsaved = flowlight(tmp_path, "run", "etl.py")
    assert "Unable to find block document named my-api-key for block type secret" in unsaved.stdout
    Secret(value="sk-live-1234").save("my-api-key")
    done = flowlight(tmp_path, "run", "etl.py", "--format", "json")
    assert json.loads(done.stdout)["result"] == "Using key: sk-l..."
    assert "sk-live" not in done.stdout + done.stderr


_OTHER_LOGGER = (
    "import logging\n"
    "@task\ndef step():\n    logging.getLogger('mylib.part').warning('of a library')\n"
    "@flow\ndef main():\n    logging.getLogger('mylib').warning('in the flow')\n"
    "    get_run_logger().info('own')\n    step()\n"
)


def test_other_loggers_are_kept_when_a_setting_names_them(tmp_path: Path) -> None:
    write(tmp_path, _OTHER_LOGGER)
    for names, texts in [("", ["own"]), ("other, mylib", ["in the flow", "own", "of a library"])]:
        environment = {**os.environ, "PREFECT_LOGGING_EXTRA_LOGGERS": names}
        assert flowlight(tmp_path, "run", "etl.py", env=environment).returncode == 0
        kept = logs(flow_runs(1, None, None)[0]["id"])
        assert [line["text"] for line in kept] == texts


def test_no_log_is_kept_when_a_setting_says_so(tmp_path: Path) -> None:
    write(tmp_path, SIMPLE)
    environment = {**os.environ, "PREFECT_LOGGING_TO_API_ENABLED": "false"}
    done = flowlight(tmp_path, "run", "etl.py", env=environment)
    assert "n is 1" in done.stderr
    assert logs(flow_runs(1, None, None)[0]["id"]) == []
