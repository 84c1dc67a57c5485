"""Stubs of recorded calls: which of a batch's DAGs each is for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from dagferry.parity.engines import EngineError
from dagferry.parity.manifest import Subject
from dagferry.parity.trace import TaskTrace

#: Of a call that a stub answered: the names that it may have, the first one that there is counts.
Candidates = tuple[str, ...]


def unused_stubs(file: Path, answered: Iterable[frozenset[Candidates] | None]) -> tuple[str, ...]:
    """The names of the file that answered no call of the batch.

    `answered`: `calls_answered` of each DAG; None where it left no trace, so that nobody knows.
    """
    names = [str(name) for name in yaml.safe_load(file.read_text("utf-8"))]
    used: set[str | None] = set()
    for calls in answered:
        if calls is None:
            return ()
        used |= {next((one for one in some if one in names), None) for some in calls}
    return tuple(name for name in names if name not in used)


def calls_answered(tasks: Iterable[TaskTrace]) -> frozenset[Candidates]:
    """Of each call of these tasks that a stub answered: the names that the stub may have."""
    return frozenset(
        (task.task_id, f"{owner}.{method}", str(owner))
        for task in tasks
        for (owner, method, *_), stubbed in zip(task.calls, task.stubbed)
        if stubbed
    )


def check_stubs(file: Path, subjects: Iterable[Subject]) -> None:
    """Raise `EngineError` for a file that is none, and for a stub of a task that no DAG has.

    The name of an operator or of `Hook.method` begins with a capital letter; which of them are
    called only a run can tell.
    """
    try:
        found = yaml.safe_load(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise EngineError(f"--stubs {file}: expected a YAML file of stubs: {error}") from error
    if not isinstance(found, dict):
        kind = type(found).__name__
        raise EngineError(f"--stubs {file}: expected stubs by name, found {kind}")
    for name, given in found.items():
        _check_stub(file, name, given)
    known = tuple(subjects)
    for name in map(str, found):
        if not name[:1].isupper() and not any(_may_have(one, name) for one in known):
            raise EngineError(
                f"--stubs {file}: {name!r} is the id of no task, and the name of an operator or "
                "Hook.method starts with a capital letter"
            )


def _check_stub(file: Path, name: object, given: object) -> None:
    if not isinstance(given, dict) or not given or not given.keys() <= _WORDS:
        words = ", ".join(sorted(_WORDS))
        raise EngineError(
            f"--stubs {file}: {name}: expected an object of {words}, as in {{value: 1}}; found {given!r}"
        )


_WORDS = {"value", "xcoms", "raise"}


def _may_have(subject: Subject, task_id: str) -> bool:
    """Whether a DAG has this task, as far as its manifest tells: one without tasks tells nothing."""
    return not subject.tasks or subject.facts(task_id) in subject.tasks
