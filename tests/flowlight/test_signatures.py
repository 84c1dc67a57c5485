"""Every parameter and method of Prefect's that flowlight lacks is a decision that a page lists."""

from __future__ import annotations

import ast
import fnmatch
import functools
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import flowlight
from flowlight import Flow, Task
from flowlight.deployments.deployment import _OPTIONS as DEPLOYMENT
from flowlight.results.task_options import TASK_HOOK_OPTIONS
from flowlight.surface import SURFACE

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "signatures"
PAGE = ROOT / "docs" / "flowlight" / "signatures.md"
SOURCES = Path(flowlight.__file__).parent

Signatures = Mapping[str, frozenset[str]]

_STATE = frozenset(["cls", "type", "name", "message", "data", "timestamp", "run_id"])
_PAUSE = frozenset(["timeout_seconds", "pause_expiration_time", "reschedule", "pause_key"])
_IMAGE = frozenset(["image", "build", "push", "print_next_steps_message", "ignore_warnings"])
_DEPLOYMENT = DEPLOYMENT | {"entrypoint_type"}
_DEPLOY = _DEPLOYMENT | {"image", "build", "push", "print_next_steps", "ignore_warnings"}
_SERVE = frozenset(["limit", "pause_on_shutdown", "print_starting_message"])

# What functions of flowlight take that hand `**options` on; others than these are refused there.
_TAKEN: Mapping[str, frozenset[str]] = {
    "prefect*.Flow": Flow.known,
    "prefect*.Flow.with_options": Flow.known,
    "prefect*.flow": Flow.known,
    "prefect*.Task": Task.known,
    "prefect*.Task.with_options": Task.known - TASK_HOOK_OPTIONS,
    "prefect*.task": Task.known - TASK_HOOK_OPTIONS,
    "prefect*.Flow.*to_deployment": _DEPLOYMENT,
    "prefect*.RunnerDeployment.*from_*": _DEPLOYMENT,
    "prefect*.Flow.*deploy": _DEPLOY,
    "prefect*.Flow.serve": (_DEPLOYMENT - {"concurrency_limit"}) | _SERVE | {"global_limit"},
    "prefect*.serve": _SERVE,
    "prefect*.aserve": _SERVE,
    "prefect*.deploy": frozenset(["work_pool_name", *_IMAGE]),
    "prefect.deployments.runner.RunnerDeployment.*apply": frozenset(),
    "prefect.states.[A-RT-Z]*": _STATE,
    "prefect.states.Scheduled": _STATE,
    "prefect.states.Suspended": _STATE,
    "prefect.states.Paused": _PAUSE,
    "prefect.states.Suspended*": _PAUSE - {"reschedule"},
}


def read(text: str) -> Signatures:
    """The parameters by the name of what takes them."""
    lines = (re.fullmatch(r"([\w.]+)\((.*)\)", line) for line in text.splitlines())
    return {m[1]: frozenset(m[2].split(", ")) - {"", "self"} for m in lines if m}


@functools.cache
def of_prefect() -> Signatures:
    return read((FOLDER / "prefect.txt").read_text(encoding="utf-8"))


@functools.cache
def of_flowlight() -> Signatures:
    """As recorded of Prefect: in a process in which `prefect` is flowlight."""
    sys.path.insert(0, str(FOLDER))
    try:
        from record_signatures import wanted
    finally:
        sys.path.remove(str(FOLDER))
    script = FOLDER / "list_signatures.py"
    done = subprocess.run(
        [sys.executable, "-m", "flowlight", str(script), "/dev/stdin"],
        input=wanted(),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return read(done.stdout)


def _short(name: str) -> str:
    """Without the module, so that a class that several modules have is said once."""
    module = max((each for each in SURFACE if name.startswith(f"{each}.")), key=len)
    return name.removeprefix(f"{module}.")


@functools.cache
def lacking() -> set[str]:
    """What Prefect has and flowlight has not: `name`, or `name(parameter)`."""
    found: set[str] = set()
    for name, wanted in of_prefect().items():
        has = of_flowlight().get(name)
        short = _short(name)
        if has is None:
            found.add(short)
            continue
        taken = has.union(*(v for k, v in _TAKEN.items() if fnmatch.fnmatchcase(name, k)))
        found |= {f"{short}({each})" for each in wanted - taken - {"*"}}
    return found


def _rows() -> list[str]:
    """What the page lists."""
    table = re.findall(r"^\| (`.+?) \| ", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return [each for row in table for each in re.findall(r"`([^`]+)`", row)]


def test_what_flowlight_lacks_of_prefect_is_listed_with_a_reason() -> None:
    unlisted = [
        each for each in lacking() if not any(fnmatch.fnmatchcase(each, row) for row in _rows())
    ]
    assert sorted(unlisted) == []


def test_what_the_list_names_is_lacking_indeed() -> None:
    assert [row for row in _rows() if not fnmatch.filter(lacking(), row)] == []


# Parameters that a function takes and does not look at, each with the reason why nothing is lost.
_IDLE = {
    ("execute", "context"): "an operator's own signature; what is injected looks at nothing",
    ("run_coro_as_sync", "force_new_thread"): "a coroutine has a loop of its own in any case",
    ("concurrency", "raise_on_lease_renewal_failure"): "renewing cannot fail: docs, running.md",
    ("apause_flow_run", "poll_interval"): "a resumed run goes on at once: docs, running.md",
    ("_suspend", "wait_for_input"): "it raises in any case",
    ("_suspend", "timeout"): "it raises in any case",
    ("_suspend", "key"): "it raises in any case",
    ("result", "retry_result_failure"): "results are at hand: no reading of them is repeated",
    ("aresult", "retry_result_failure"): "results are at hand: no reading of them is repeated",
    ("is_locked", "use_cache"): "the file is looked at every time",
    ("_silent", "line"): "it says nothing",
    ("submit", "dropped"): "the runner that runs at once drops nothing",
    ("is_instance_schema", "schema"): "pydantic calls it",
    ("find_spec", "path"): "the protocol of the import system",
    ("find_spec", "target"): "the protocol of the import system",
    ("compute_key", "task_ctx"): "a policy looks at what it is about",
    ("compute_key", "inputs"): "a policy looks at what it is about",
    ("compute_key", "flow_parameters"): "a policy looks at what it is about",
    ("compute_key", "kwargs"): "a policy looks at what it is about",
}


def unread() -> set[tuple[str, str]]:
    """Functions of flowlight and those of their parameters that their bodies do not name."""
    found: set[tuple[str, str]] = set()
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not _empty(node):
                found |= {(node.name, each) for each in _unread(node)}
    return found


def _unread(node: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    given = node.args
    several = [each for each in (given.vararg, given.kwarg) if each is not None]
    names = [*given.posonlyargs, *given.args, *given.kwonlyargs, *several]
    read = {each.id for part in node.body for each in ast.walk(part) if isinstance(each, ast.Name)}
    return {each.arg for each in names} - read - {"self", "cls"}


def _empty(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether there is nothing but a docstring, or only an error: a method for subclasses."""
    rest = [part for part in node.body if not _says_only(part)]
    return not rest or (len(rest) == 1 and isinstance(rest[0], ast.Raise))


def _says_only(part: ast.stmt) -> bool:
    """Whether it is a docstring, or an ellipsis."""
    return isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant)


def test_a_parameter_that_is_taken_is_read_or_listed_with_a_reason() -> None:
    # Python and pydantic say what these are given.
    protocol = ("__exit__", "__aexit__", "__get_pydantic_core_schema__")
    named = {(name, each) for name, each in unread() if each.strip("_") and name not in protocol}
    assert named - set(_IDLE) == set()
    assert set(_IDLE) - named == set()
