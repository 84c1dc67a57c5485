"""One side of one DAG: run it in a scratch copy, read its trace, see what files it left."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dagferry.parity.engines import Engine
from dagferry.parity.fields import TraceError
from dagferry.parity.process import MEMORY, Child, Ended, Watch, environment
from dagferry.parity.scratch import WORK, CopyError, copy_folder, effects, outside, snapshot
from dagferry.parity.trace import Json, Trace

WRITES, MISHAPS, TRACE = "writes", "mishaps", "trace.json"
_LARGEST = 256 << 20  # bytes of a trace
_SHOWN = 3
_NO_MEMORY = re.compile(r"\w*MemoryError\b")


@dataclass(frozen=True)
class Side:
    """What to run: a subject of a file in a folder, with the engine's options.

    `roots` are folders of that one that Python finds modules in.
    """

    engine: Engine
    folder: Path
    file: str
    name: str | None
    options: Mapping[str, Any]
    environment: Mapping[str, str]
    timeout: float
    network: bool = False
    memory: int | None = MEMORY
    roots: tuple[str, ...] = ()

    def variables(self, scratch: Path) -> dict[str, str]:
        """The environment, with the import roots of the scratch copy on Python's path.

        Those that hold the file come first: of two packages, each has its own.
        """
        old = self.environment.get("PYTHONPATH")
        own = [root for root in self.roots if self.file.startswith(f"{root}/")]
        roots = sorted(self.roots, key=lambda root: (root not in own, -len(root), root))
        path = [*(str(scratch / root) for root in roots), *([old] if old else [])]
        return {**self.environment, **({"PYTHONPATH": os.pathsep.join(path)} if path else {})}


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
    with _work_folder() as work:
        scratch, temporary, out = work / "scratch", work / "tmp", work / TRACE
        temporary.mkdir()
        try:
            copy_folder(side.folder, scratch)
        except CopyError as error:
            return Recorded(reason=str(error))
        before = snapshot(scratch, str(scratch))
        command = side.engine.trace(side.file, side.name, out, side.options)
        ended = _run(command, side, scratch, temporary)
        trouble = _trouble(ended, side, work)
        if trouble:
            return Recorded(reason=_placed(trouble, side))
        try:
            files = {
                **effects(before, snapshot(scratch, str(scratch))),
                **outside(work / WRITES, work, str(scratch)),
            }
        except OSError as error:
            return Recorded(reason=f"{side.file}: the run left what cannot be read: {error}")
        return _read(out, {str(scratch): "{scratch}", str(temporary): "{tmp}"}, files)


def list_subjects(side: Side) -> tuple[Json, str]:
    """What the file of a side holds, as its engine lists it; or None and the reason."""
    with _work_folder() as work:
        listing = work / "list.json"
        try:
            copy_folder(side.folder, work / "scratch")
        except CopyError as error:
            return None, str(error)
        command = side.engine.listing(side.file, side.options)
        ended = _run(command, side, work / "scratch", work, stdout=listing)
        trouble = _trouble(ended, side, work)
        if trouble:
            return None, _placed(trouble, side)
        return _listed(listing, side)


def _listed(listing: Path, side: Side) -> tuple[Json, str]:
    """The engine speaks last; what the file prints while it loads stands before that."""
    lines = listing.read_bytes().splitlines() if listing.exists() else []
    try:
        return json.loads(lines[-1]), ""
    except (IndexError, ValueError):
        return None, f"{side.file}: the engine listed nothing that can be read"


@contextmanager
def _work_folder() -> Iterator[Path]:
    """A folder for one run; a run may have made it unreadable or taken it away."""
    with tempfile.TemporaryDirectory(prefix=WORK, ignore_cleanup_errors=True) as root:
        yield Path(root).resolve()


def _run(
    arguments: list[str], side: Side, scratch: Path, temporary: Path, stdout: Path | None = None
) -> Ended:
    work = scratch.parent
    watch = Watch(side.network, side.memory, work / WRITES, work / MISHAPS, work / TRACE)
    variables = environment(side.variables(scratch), temporary, watch)
    child = Child(arguments, scratch, side.engine.environment(variables), side.timeout, stdout)
    return side.engine.run(child)


def _trouble(ended: Ended, side: Side, work: Path) -> str:
    """Why the run proves nothing, empty when it may."""
    mishaps = [*_noted(work / MISHAPS), *ended.mishaps]
    if ended.code is None:
        over = "the run was over, its process was " if (work / TRACE).exists() else ""
        mishaps.insert(0, f"{over}still running after {side.timeout:g} s, and ended")
    elif ended.code != 0:
        mishaps.insert(0, ended.reason)
    if not (work / "scratch").is_dir():
        mishaps.append("the run deleted the folder that it ran in")
    rest = f" and {len(mishaps) - _SHOWN} more" if len(mishaps) > _SHOWN else ""
    return "; ".join(mishaps[:_SHOWN]) + rest


def _placed(trouble: str, side: Side) -> str:
    """An engine that says itself in which file it was says it of the right one."""
    return trouble if re.match(r"\S+\.py:\d+: ", trouble) else f"{side.file}: {trouble}"


def _noted(mishaps: Path) -> list[str]:
    """What the guard noted, each thing once."""
    if not mishaps.exists():
        return []
    with mishaps.open("rb") as file:
        lines = file.read(1 << 16).decode("utf-8", "replace").splitlines()
    return list(dict.fromkeys(lines))


def _read(out: Path, places: Mapping[str, str], files: Mapping[str, str | None]) -> Recorded:
    if not out.exists():
        reason = "the process ended before the run did, with exit code 0"
        return Recorded(reason=f"the engine wrote no readable trace: {reason}")
    try:
        if out.stat().st_size > _LARGEST:
            raise TraceError(f"expected at most {_LARGEST >> 20} MiB, found more")
        document = json.loads(out.read_text("utf-8"))
        named = _without(places, document)
        trace = Trace.from_json(named)
        lacking = next((one for one in trace.tasks if _NO_MEMORY.match(one.error or "")), None)
        if lacking is not None:
            reason = f"task {lacking.task_id} ran out of memory; allow more with --memory"
            return Recorded(reason=reason)
        return Recorded(trace, files, document=named)
    except (OSError, ValueError, RecursionError) as error:
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
