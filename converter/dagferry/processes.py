"""Shares a folder out to processes: files that may import each other stay together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from dagferry.source.components import components, shares
from dagferry.source.discover import Input
from dagferry.syntax.depth import prepare_process

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

P = TypeVar("P")


def in_parts(
    convert: Callable[[Sequence[str]], P],
    input: Input,  # noqa: A002 - the field's word
    jobs: int,
) -> list[P]:
    """What some files of a folder become, part by part; the same with any number of processes.

    `convert` takes paths of files that nothing but each other's code reaches.
    """
    everything = [file.path for file in input.files]
    texts = {file.path: file.text or "" for file in input.files if file.path.endswith(".py")}
    if jobs == 1 or len(texts) < 2 * jobs:
        return [convert(everything)]
    dealt = shares(components(texts), texts, jobs)
    dealt[0] += [path for path in everything if path not in texts]
    if len(dealt) == 1:
        return [convert(everything)]
    from concurrent.futures import ProcessPoolExecutor

    # Told once, before the others start.
    assert input.layout.names is not None
    with ProcessPoolExecutor(jobs, _context(), prepare_process) as pool:
        return list(pool.map(convert, dealt))


def _context() -> BaseContext:
    """Forked workers have read the folder already; a process with threads cannot be forked safely."""
    import multiprocessing
    import threading

    able = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    return multiprocessing.get_context("fork" if able else "spawn")
