"""Stubs of recorded calls: which of a batch's DAGs each is for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from dagferry.parity.engines import EngineError
from dagferry.parity.manifest import Subject


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
