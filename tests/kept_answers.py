"""Keeps what a real engine did with random sources, so that ours are compared again in no time."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

__all__ = ["kept_or_run"]

Answer = TypeVar("Answer")


def kept_or_run(
    questions: Mapping[str, Sequence[object]],
    folder: Path,
    run: Callable[[Sequence[str]], Mapping[str, Answer]],
) -> dict[str, Answer]:
    """The answers by name: of the folder, and of `run`, which is handed the names that it lacks.

    A question is all that its answer hangs on, as JSON: the source and the version of the engine among
    it. An answer must survive JSON.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = {name: folder / f"{_key(parts)}.json.gz" for name, parts in questions.items()}
    for name, answer in run([name for name in files if not files[name].exists()]).items():
        files[name].write_bytes(gzip.compress(json.dumps(answer).encode(), mtime=0))
    return {name: json.loads(gzip.decompress(file.read_bytes())) for name, file in files.items()}


def _key(parts: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]
