"""`dagferry.assert_equivalent`, for tests that people write, and the words of all failing tests."""

from __future__ import annotations

import json
import shlex
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dagferry import manifest as manifests
from dagferry.errors import UsageError
from dagferry.parity import DagReport, VerifyOptions
from dagferry.parity.both_sides import Folders
from dagferry.parity.flow_file import bare_subject
from dagferry.parity.manifest import Subject, read_subjects
from dagferry.parity.one_dag import verify_dag
from dagferry.parity.opening import started
from dagferry.parity.saved import FILES
from dagferry.parity.stubs import check_stubs, unused_stubs

_SHOWN = 500  # characters of a value
_GIVEN = ("conf", "logical_date", *FILES, "airflow", "prefect", "timeout", "allow_network")


class NotEquivalentError(AssertionError):
    """A DAG and its flow do not do the same, or it could not be told whether they do."""


@dataclass(frozen=True)
class Target:
    """`FILE` or `FILE:NAME`."""

    folder: Path
    file: str
    name: str | None

    @classmethod
    def of(cls, target: str | Path) -> Target:
        """Raises UsageError when the file is not there."""
        path, _, name = str(target).partition(".py:")
        file = Path(f"{path}.py" if name else path).absolute()
        if not file.is_file():
            raise UsageError(f"expected FILE.py or FILE.py:NAME, found no file at {file}")
        return cls(file.parent, file.name, name or None)


def given_file(name: str, file: str | Path | None) -> Path | None:
    """A file that was given as an argument; raises UsageError when it is not there."""
    if file is not None and not Path(file).is_file():
        raise UsageError(f"{name}: expected a file, found none at {file}")
    return None if file is None else Path(file)


def check(dag: str | Path, flow: str | Path, options: VerifyOptions) -> None:
    """Raise `NotEquivalentError` unless the report on the two is *equal*."""
    __tracebackhide__ = True
    left, right = Target.of(dag), Target.of(flow)
    with started(options) as ready:
        subject = _subject(left, right, ready)
        if ready.stubs is not None:
            check_stubs(ready.stubs, [subject])
        report = verify_dag(subject, Folders(left.folder, right.folder), ready)
    for name in unused_stubs(ready.stubs, [report.answered]) if ready.stubs else ():
        warnings.warn(f"stubs: {name} answered no call of {report.dag_id}", stacklevel=3)
    if report.verdict != "equal":
        command = _python_command(dag, flow, options)
        raise NotEquivalentError(explained(report, command))


def _subject(dag: Target, flow: Target, options: VerifyOptions) -> Subject:
    """By the manifest beside the flow; without one, by what the two files hold."""
    manifest = manifests.read(flow.folder)
    for one in read_subjects(manifest or {}):
        named = flow.name in (None, one.flow, one.dag_id) and dag.name in (None, one.dag_id)
        if one.output == flow.file and named and not one.family:
            return replace(one, path=dag.file)
    found = bare_subject(dag.folder / dag.file, flow.folder / flow.file, options)
    return replace(
        found,
        dag_id=dag.name or found.dag_id,
        flow=flow.name or found.flow,
        params=(*options.conf,),
    )


def explained(report: DagReport, command: str) -> str:
    """The verdict, the first difference or the reason, and the command that shows it again."""
    lines = [f"{report.dag_id} ({report.path}): {report.verdict}", *_first(report)]
    return "\n".join([*lines, *report.notes, f"to see it again: {command}"])


def _first(report: DagReport) -> list[str]:
    differing = [check for check in report.checks if check.verdict == "different"]
    if not differing:
        open_ = [one for one in report.checks if one.verdict == "not-checked" and not one.vacuous]
        return [report.reason or "; ".join(f"{one.check}: {one.detail}" for one in open_[:1])]
    first = differing[0]
    label = next(iter(first.airflow or first.flow or {}), "")
    lines = [f"first difference: {first.check}: {label or first.detail}"]
    for side, values in (("Airflow", first.airflow), ("Prefect", first.flow)):
        if isinstance(values, Mapping) and label in values:
            lines.append(f"  {side}: {_shown(values[label])}")
    return [*lines, f"checks that differ: {', '.join(check.check for check in differing)}"]


def _shown(value: Any) -> str:
    if value == {"$type": "absent"}:
        return "(nothing)"
    text = json.dumps(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _python_command(dag: str | Path, flow: str | Path, options: VerifyOptions) -> str:
    default = VerifyOptions()
    given = {name: getattr(options, name) for name in _GIVEN}
    changed = {name: value for name, value in given.items() if value != getattr(default, name)}
    words = [repr(str(dag)), repr(str(flow))]
    words += [
        f"{name}={str(value) if isinstance(value, Path) else value!r}"
        for name, value in changed.items()
    ]
    code = f"import dagferry; dagferry.assert_equivalent({', '.join(words)})"
    return shlex.join(["python", "-c", code])


def verify_command(root: Path, dag_id: str, flows: Path | None, options: VerifyOptions) -> str:
    """The `dagferry verify` that runs this one DAG in the same way."""
    default = VerifyOptions()
    words = ["dagferry", "verify", str(root), "--dag", dag_id]
    words += ["--flows", str(flows)] if flows else []
    for name in (*FILES, "airflow", "prefect", "timeout"):
        value = getattr(options, name)
        words += [f"--{name}", f"{value}"] if value != getattr(default, name) else []
    words += ["--allow-network"] if options.allow_network else []
    return " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    """A word for a shell: `"etl_{s['name']}"` can be read, `'etl_{s['"'"'name'"'"']}'` cannot."""
    if "'" in word and not set(word) & set('"$`\\!'):
        return f'"{word}"'
    return shlex.quote(word)
