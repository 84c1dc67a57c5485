"""Traces that were saved: a side can be recorded where it lives and compared elsewhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dagferry.parity.fields import TraceError
from dagferry.parity.manifest import Subject
from dagferry.parity.side import Recorded
from dagferry.parity.trace import Json, Trace
from dagferry.writing import write_file

#: The options of verify that are files which a run reads.
FILES = ("variables", "connections", "stubs")


class SavedTracesError(ValueError):
    """What was given as saved traces cannot be used."""


@dataclass(frozen=True)
class Asked:
    """What a run was asked for besides its subject; `files` are digests, they may be secret."""

    conf: Mapping[str, Json] = field(default_factory=dict)
    files: Mapping[str, str | None] = field(default_factory=dict)
    logical_date: str | None = None

    @classmethod
    def of(
        cls, logical_date: str | None, conf: Mapping[str, Json], files: Mapping[str, Path | None]
    ) -> Asked:
        """From the options of verify; `files` by the name of their option."""
        digests = {name: digest(file) if file else None for name, file in files.items()}
        return cls(dict(conf), digests, logical_date)

    def to_json(self) -> dict[str, Any]:
        """The key `asked` of a trace."""
        given = {name: found for name, found in self.files.items() if found is not None}
        return {"conf": dict(self.conf), "variables": None, **given}


def digest(file: Path) -> str:
    """sha256 of what a file holds; for JSON, whatever its order."""
    try:
        found = json.loads(file.read_text("utf-8"))
    except ValueError:
        found = file.read_text("utf-8", "replace")
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class SavedTraces:
    """Airflow's traces from files: (dag id, path of its file or None) -> document."""

    documents: Mapping[str, tuple[tuple[str, Json], ...]]

    @classmethod
    def read(cls, source: Path) -> SavedTraces:
        """From a file, or from every `.json` below a folder; raises `SavedTracesError`."""
        files = sorted(source.rglob("*.json")) if source.is_dir() else [source]
        found: dict[str, list[tuple[str, Json]]] = {}
        for file in files:
            document = _read(file)
            if document.get("side") == "airflow":
                name = str(document.get("subject", {}).get("name"))
                found.setdefault(name, []).append((str(file), document))
        if not found:
            raise SavedTracesError(f"expected traces of Airflow in {source}, found none")
        return cls({name: tuple(several) for name, several in found.items()})

    def ids(self) -> list[str]:
        """The ids of the DAGs that there are traces of."""
        return list(self.documents)

    def engines(self) -> str:
        """Which engines recorded them."""
        engines = [one.get("engine", {}) for some in self.documents.values() for _, one in some]
        names = {f"{one.get('name')} {one.get('version')}" for one in engines}
        return f"saved traces of {', '.join(sorted(names))}"

    @property
    def airflow_version(self) -> int | None:
        """The major version whose rules all of them follow, if it is one."""
        found = {
            str(one.get("engine", {}).get("emulates"))
            for some in self.documents.values()
            for _, one in some
        }
        only = found.pop() if len(found) == 1 else ""
        return int(only[-1]) if only in ("airflow 2", "airflow 3") else None

    def find(self, dag_id: str, path: str, asked: Asked) -> Recorded:
        """The trace of one DAG, or the reason why there is none that can be compared."""
        several = self.documents.get(dag_id, ())
        own = [one for one in several if one[1].get("subject", {}).get("path") == path]
        if not several:
            return Recorded(reason=f"there is no saved trace of {dag_id}")
        if len(own or several) > 1:
            files = ", ".join(file for file, _ in own or several)
            return Recorded(reason=f"there are several saved traces of {dag_id}: {files}")
        file, document = (own or several)[0]
        try:
            trace = Trace.from_json(document)
        except TraceError as error:
            return Recorded(reason=f"{file}: {error}")
        reason = _other_run(document, trace, asked)
        if reason:
            return Recorded(reason=f"{file}: {reason}")
        return Recorded(trace, document.get("files"), document=document)


def _read(file: Path) -> Json:
    try:
        document = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SavedTracesError(f"expected a trace in {file}: {error}") from error
    if not isinstance(document, dict) or "side" not in document:
        raise SavedTracesError(f"expected a trace in {file}, found something else")
    Trace.check_version(document, str(file))
    return document


def _other_run(document: Json, trace: Trace, asked: Asked) -> str:
    """Why the flow would be run for something else than this trace was; empty when it is not."""
    recorded = document.get("asked")
    if recorded is None:
        return "the trace does not say with which conf and variables it was recorded"
    wanted = asked.to_json()
    for name in ("conf", *FILES):
        if recorded.get(name) != wanted.get(name):
            shown = _others(recorded.get(name)) if name in FILES else json.dumps(recorded.get(name))
            return f"it was recorded with {name} {shown}: give the same --{name} to verify"
    if asked.logical_date and not trace.is_of(asked.logical_date):
        return f"it was recorded for {trace.logical_date}, not for {asked.logical_date}"
    return ""


def _others(recorded: str | None) -> str:
    return "none" if recorded is None else "others"


def save(folder: Path, subject: Subject, recorded: Recorded, asked: Asked) -> None:
    """Write one trace to `SIDE/DAG_ID@FILE.json` below the folder."""
    document = {**recorded.document, "asked": asked.to_json(), "files": recorded.files}
    if document["side"] == "airflow":
        document["subject"] = {**document["subject"], "path": subject.path}
    name = quote(f"{subject.dag_id}@{subject.path}", safe="@") + ".json"
    text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    write_file(folder / document["side"] / name, text.encode())
