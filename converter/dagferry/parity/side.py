"""One side of one DAG: run it in a scratch copy, read its trace, see what files it left."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dagferry.parity.engines import Engine
from dagferry.parity.fields import TraceError
from dagferry.parity.process import Child, Ended, environment
from dagferry.parity.scratch import copy_folder, effects, outside, snapshot
from dagferry.parity.trace import Json, Trace

WRITES = "writes"


@dataclass(frozen=True)
class Side:
    """What to run: a subject of a file in a folder, with the engine's options."""

    engine: Engine
    folder: Path
    file: str
    name: str | None
    options: Mapping[str, Any]
    environment: Mapping[str, str]
    timeout: float
    network: bool = False


@dataclass(frozen=True)
class Recorded:
    """A trace and the files that the run left, or the reason why there is none.

    `files` None: nobody looked. `document`: the trace as it was read.
    """

    trace: Trace | None = None
    files: Mapping[str, str | None] | None = field(default_factory=dict)
    reason: str = ""
    document: Json = None


def run_side(side: Side) -> Recorded:
    """Run one side; never raises for what the user's code does."""
    with tempfile.TemporaryDirectory(prefix="dagferry-") as root:
        work = Path(root).resolve()
        scratch, temporary, out = work / "scratch", work / "tmp", work / "trace.json"
        temporary.mkdir()
        copy_folder(side.folder, scratch)
        before = snapshot(scratch, str(scratch))
        command = side.engine.trace(side.file, side.name, out, side.options)
        ended = _run(command, side, scratch, temporary)
        if ended.code != 0:
            return Recorded(reason=_reason(ended, side))
        files = {
            **effects(before, snapshot(scratch, str(scratch))),
            **outside(work / WRITES, work, str(scratch)),
        }
        return _read(out, {str(scratch): "{scratch}", str(temporary): "{tmp}"}, files)


def list_subjects(side: Side) -> tuple[Json, str]:
    """What the file of a side holds, as its engine lists it; or None and the reason."""
    with tempfile.TemporaryDirectory(prefix="dagferry-") as root:
        work = Path(root).resolve()
        listing = work / "list.json"
        copy_folder(side.folder, work / "scratch")
        command = side.engine.listing(side.file)
        ended = _run(command, side, work / "scratch", work, stdout=listing)
        if ended.code != 0:
            return None, _reason(ended, side)
        return json.loads(listing.read_text("utf-8")), ""


def _run(
    arguments: list[str], side: Side, scratch: Path, temporary: Path, stdout: Path | None = None
) -> Ended:
    variables = environment(
        side.environment, temporary, network=side.network, writes=scratch.parent / WRITES
    )
    child = Child(arguments, scratch, side.engine.environment(variables), side.timeout, stdout)
    return side.engine.run(child)


def _reason(ended: Ended, side: Side) -> str:
    if ended.code is None:
        return f"{side.file}: still running after {side.timeout:g} s, and ended"
    return f"{side.file}: {ended.reason}"


def _read(out: Path, places: Mapping[str, str], files: Mapping[str, str | None]) -> Recorded:
    try:
        document = json.loads(out.read_text("utf-8"))
        named = _without(places, document)
        return Recorded(Trace.from_json(named), files, document=named)
    except (OSError, ValueError) as error:
        kind = "" if isinstance(error, TraceError) else f"{type(error).__name__}: "
        return Recorded(reason=f"the engine wrote no readable trace: {kind}{error}")


def _without(places: Mapping[str, str], value: Json) -> Json:
    """The document without the names of the scratch folders, which differ between the sides."""
    if isinstance(value, str):
        for place, name in places.items():
            value = value.replace(place, name)
        return value
    if isinstance(value, list):
        return [_without(places, one) for one in value]
    if isinstance(value, dict):
        return {_without(places, key): _without(places, one) for key, one in value.items()}
    return value
