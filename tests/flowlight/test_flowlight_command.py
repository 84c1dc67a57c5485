from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

FLOWS = """
from prefect import flow, task
from prefect.states import Completed

@task
def double(x):
    print("doubling", x)
    return {"twice": 2 * x}

@task
def skip():
    return Completed(name="Skipped")

@flow(name="The Doubler")
def doubler(n: int = 1, word: str = "w"):
    skip()
    return double(n)
"""


def flowlight(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "flowlight", *arguments]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )


def write(folder: Path, source: str) -> None:
    (folder / "etl.py").write_text(source, encoding="utf-8")


def test_run_as_json(tmp_path: Path) -> None:
    write(tmp_path, FLOWS)
    done = flowlight(tmp_path, "run", "etl.py", "-p", "n=4", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "version": 1,
        "flow": "The Doubler",
        "state": "COMPLETED",
        "state_name": "Completed",
        "result": {"twice": 8},
        "tasks": [
            {
                "task": "skip",
                "state": "COMPLETED",
                "state_name": "Skipped",
                "tries": 1,
                "result": None,
            },
            {
                "task": "double",
                "state": "COMPLETED",
                "state_name": "Completed",
                "tries": 1,
                "result": {"twice": 8},
            },
        ],
    }


@pytest.mark.parametrize("target", ["etl.py", "etl.py:doubler", "etl.py:The Doubler"])
def test_the_flow_is_found_by_either_name(target: str, tmp_path: Path) -> None:
    write(tmp_path, FLOWS)
    done = flowlight(tmp_path, "run", target)
    assert (done.returncode, done.stdout) == (0, "doubling 1\nThe Doubler: Completed\n")


def test_a_flow_that_fails_ends_with_one(tmp_path: Path) -> None:
    write(tmp_path, "from prefect import flow\n@flow\ndef bad():\n    raise ValueError('no')\n")
    done = flowlight(tmp_path, "run", "etl.py")
    assert done.returncode == 1
    assert done.stdout == "bad: Failed: Flow run encountered an exception: ValueError: no\n"


def test_a_flow_that_exits_ends_with_one(tmp_path: Path) -> None:
    write(tmp_path, "import sys\nfrom prefect import flow\n@flow\ndef bad():\n    sys.exit(0)\n")
    done = flowlight(tmp_path, "run", "etl.py")
    assert done.returncode == 1
    assert "bad: Crashed" in done.stdout


MISTAKES = [
    ("from prefect import flow\n", ("run", "nowhere.py"), "nowhere.py: cannot be read"),
    ("x = 1\n", ("run", "etl.py"), "expected one flow, found none"),
    (FLOWS, ("run", "etl.py:other"), "there is no flow 'other'; found: doubler ('The Doubler')"),
    (FLOWS, ("run", "etl.py", "-p", "m=4"), "has no parameter 'm'; it has: n, word"),
    (FLOWS, ("run", "etl.py", "-p", "m"), "expected NAME=VALUE, found 'm'"),
    ("def f(:\n", ("run", "etl.py"), "etl.py:1: syntax error"),
    ("def f(:\n", ("run", "etl.py"), "    def f(:\n          ^\n"),
    ("import nothing_here\n", ("run", "etl.py"), "etl.py:1: ModuleNotFoundError"),
    ("def f(:\n", ("etl.py",), "etl.py:1: syntax error"),
    ("", (), "usage: flowlight run"),
    ("", ("walk", "etl.py"), "usage: flowlight run"),
]


@pytest.mark.parametrize(("source", "arguments", "text"), MISTAKES)
def test_a_mistake_ends_with_two_and_without_a_traceback(
    source: str, arguments: tuple[str, ...], text: str, tmp_path: Path
) -> None:
    write(tmp_path, source)
    done = flowlight(tmp_path, *arguments)
    assert done.returncode == 2
    assert text in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments", [("deployments", "ls"), ("serve", "etl.py:doubler", "--once"), ("runs",)]
)
def test_a_file_that_is_no_database_ends_with_two(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOWLIGHT_HOME", str(tmp_path))
    write(tmp_path, FLOWS)
    for name in ("serve.sqlite", "flowlight.db"):
        (tmp_path / name).write_text("this is not a database, and long enough to be read as one")
    done = flowlight(tmp_path, *arguments)
    assert done.returncode == 2
    assert "file is not a database; move it away" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_script_runs_as_it_is(tmp_path: Path) -> None:
    script = (
        FLOWS + "\nif __name__ == '__main__':\n    import sys\n    print(doubler(sys.argv[1]))\n"
    )
    write(tmp_path, script)
    done = flowlight(tmp_path, "etl.py", "3")
    assert (done.returncode, done.stdout) == (0, "doubling 3\n{'twice': 6}\n")


FACTORY = """
from prefect import flow

def make(name):
    @flow(name=name)
    def made():
        return name
    return made
"""
USER = """
from factory import make
for name in ("red", "blue"):
    globals()[f"team_{name}"] = make(name)
"""


def test_a_flow_that_a_factory_of_another_module_made_is_found(tmp_path: Path) -> None:
    (tmp_path / "factory.py").write_text(FACTORY, encoding="utf-8")
    write(tmp_path, USER)
    for target in ("etl.py:team_blue", "etl.py:blue"):
        done = flowlight(tmp_path, "run", target, "--format", "json")
        assert json.loads(done.stdout)["result"] == "blue"
    done = flowlight(tmp_path, "run", "etl.py")
    assert "found several flows: team_red ('red'), team_blue ('blue')" in done.stderr


def test_without_a_name_what_is_imported_does_not_count_nor_does_a_second_name(
    tmp_path: Path,
) -> None:
    (tmp_path / "other.py").write_text(FLOWS, encoding="utf-8")
    write(
        tmp_path, "from other import doubler\n" + FLOWS.replace("doubler(", "own(") + "same = own\n"
    )
    done = flowlight(tmp_path, "run", "etl.py", "--format", "json")
    assert done.returncode == 0, done.stderr


def test_a_file_that_imports_pydantic_and_none_of_its_names_runs(tmp_path: Path) -> None:
    write(tmp_path, "import pydantic\n" + FLOWS)
    done = flowlight(tmp_path, "run", "etl.py")
    assert (done.returncode, done.stdout) == (0, "doubling 1\nThe Doubler: Completed\n")


def test_the_version_is_told(tmp_path: Path) -> None:
    done = flowlight(tmp_path, "version")
    assert done.returncode == 0
    assert re.fullmatch(r"flowlight [\d.]+, with the API of Prefect 3\.8\.8, .+\n", done.stdout)


@pytest.mark.parametrize(
    ("command", "instead"),
    [
        ("config set PREFECT_API_URL=http://localhost:4200/api", "environment variable"),
        ("server start", "flowlight run FILE.py"),
        ("cloud login --key X", "no log-in is needed"),
        ("init", "prefect.yaml"),
        ("deploy --name daily-etl", "flowlight serve prefect.yaml NAME"),
        ("work-pool create my-pool --type process", "flowlight serve prefect.yaml"),
        ("worker start --pool my-pool", "flowlight serve prefect.yaml"),
        ("block register -m prefect_aws", "`.save(NAME)`"),
        ("secret create", 'Secret(value="...").save(NAME)'),
        ("variable set a b", "Variable.set(NAME, VALUE)"),
        ("deployment run a/b", "flowlight deployments ls"),
        ("flow-run ls", "flowlight runs"),
        ("concurrency-limit create a 1", "flowlight limit set NAME N"),
    ],
)
def test_a_command_of_prefect_is_answered_with_what_to_do_here(
    tmp_path: Path, command: str, instead: str
) -> None:
    done = flowlight(tmp_path, *command.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"flowlight has no command {command.split()[0]!r}: ")
    assert instead in done.stderr


def test_a_command_that_nobody_has_is_answered_with_the_usage(tmp_path: Path) -> None:
    done = flowlight(tmp_path, "dance")
    assert done.returncode == 2
    assert done.stderr.startswith("flowlight has no command 'dance'\nusage: flowlight run")


def test_a_file_that_runs_its_flows_itself_runs_them_once(tmp_path: Path) -> None:
    write(tmp_path, FLOWS + "\ndoubler(2)\ndoubler(3)\n")
    done = flowlight(tmp_path, "run", "etl.py")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "doubling 2",
        "doubling 3",
        "The Doubler: Completed",
        "The Doubler: Completed",
    ]
    done = flowlight(tmp_path, "run", "etl.py", "--format", "json")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["result"] for each in found] == [{"twice": 4}, {"twice": 6}]
    assert [len(each["tasks"]) for each in found] == [2, 2]


def test_a_flow_that_is_named_runs_beside_those_that_the_file_runs(tmp_path: Path) -> None:
    write(tmp_path, FLOWS + "\ndoubler(2)\n")
    done = flowlight(tmp_path, "run", "etl.py:doubler", "-p", "n=5")
    assert done.stdout.splitlines() == ["doubling 2", "doubling 5", "The Doubler: Completed"]


def test_a_file_whose_own_run_fails_ends_with_one(tmp_path: Path) -> None:
    write(tmp_path, FLOWS + "\ndoubler('x', 1, 2)\n")
    assert flowlight(tmp_path, "run", "etl.py").returncode == 2  # no run was made
    write(tmp_path, FLOWS + "\ndoubler('x')\n")
    done = flowlight(tmp_path, "run", "etl.py")
    assert done.returncode == 1
    assert done.stdout.startswith("The Doubler: Failed: Validation of flow parameters failed")
    write(tmp_path, FLOWS + "\ndoubler(1)\nraise ValueError('later')\n")
    done = flowlight(tmp_path, "run", "etl.py")
    assert (done.returncode, done.stdout) == (1, "doubling 1\nThe Doubler: Completed\n")
    assert "ValueError: later" in done.stderr


def test_a_file_with_tasks_only_is_told_of(tmp_path: Path) -> None:
    write(tmp_path, "from prefect import task\n@task\ndef t(): pass\n")
    done = flowlight(tmp_path, "run", "etl.py")
    assert done.returncode == 2
    assert "found none: call the tasks in a function with the decorator @flow" in done.stderr
