"""Finds a flow in a file: `FILE.py[:FLOW]`, FLOW being a name in the module or the flow's own."""

from __future__ import annotations

import importlib.util
import os
import sys
import traceback
from pathlib import Path
from types import ModuleType

from flowlight.flows import Flow

__all__ = ["UserError", "check_source", "choose", "flows_in", "load", "offered", "parse_target"]

_FOREIGN = (str(Path(__file__).parent), f"{os.sep}site-packages{os.sep}")


_NO_FLOW = (
    "{0}: expected one flow, found none: call the tasks in a function with the decorator @flow, or run"
    " the file as it is: python -m flowlight {0}"
)


class UserError(Exception):
    """A mistake in what flowlight was asked for: shown as its text, without a traceback."""


def parse_target(target: str) -> tuple[Path, str | None]:
    """The file and the flow of `FILE.py[:FLOW]`."""
    head, colon, tail = target.rpartition(":")
    if colon and head and not Path(target).exists() and not set(tail) & {"/", "\\"}:
        return Path(head), tail
    return Path(target), None


def load(path: Path) -> ModuleType:
    """Import the file as a module of its own name, its folder first on `sys.path`."""
    check_source(path)
    folder = str(path.resolve().parent)
    if sys.path[:1] != [folder]:
        sys.path.insert(0, folder)
    spec = importlib.util.spec_from_file_location(path.stem, path.resolve())
    if spec is None or spec.loader is None:
        raise UserError(f"{path}: not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise UserError(_where(path, error)) from error
    return module


def _where(path: Path, error: BaseException) -> str:
    """The exception of an import, and the deepest line of the user's own files that led to it."""
    own = str(path.resolve())
    folders = (os.path.dirname(own) + os.sep, os.getcwd() + os.sep)
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == own
        or (
            frame.filename.startswith(folders)
            and not any(one in frame.filename for one in _FOREIGN)
        )
    ]
    if not frames:
        return f"{path}:1: {type(error).__name__}: {error}"
    last = frames[-1]
    name = path if last.filename == own else os.path.relpath(last.filename)
    return f"{name}:{last.lineno or 1}: {type(error).__name__}: {error}"


def check_source(path: Path) -> None:
    """`UserError` with the line and a caret when the file cannot be read as Python."""
    try:
        source = path.read_bytes()
    except OSError as error:
        raise UserError(f"{path}: cannot be read: {error.strerror}") from None
    try:
        compile(source, str(path), "exec", dont_inherit=True)
    except SyntaxError as error:
        raise UserError(_point_at(path, error)) from None
    except ValueError as error:
        raise UserError(f"{path}: not Python source: {error}") from None


def _point_at(path: Path, error: SyntaxError) -> str:
    line = (error.text or "").rstrip("\n")
    text = f"{path}:{error.lineno or 1}: syntax error: {error.msg}"
    if not line:
        return text
    return f"{text}\n    {line}\n    {' ' * (max(error.offset or 1, 1) - 1)}^"


def flows_in(module: ModuleType) -> dict[str, Flow]:
    """The flows of the module, by the name that holds each: made there, by a factory or imported."""
    return {name: value for name, value in vars(module).items() if isinstance(value, Flow)}


def offered(path: Path, flows: dict[str, Flow]) -> dict[str, Flow]:
    """The flows that a file is there for: those that it makes, else all, each by its first name."""
    own = {name: flow for name, flow in flows.items() if flow.fn.__module__ == path.stem}
    first: dict[int, str] = {}
    for name, flow in (own or flows).items():
        first.setdefault(id(flow), name)
    return {name: flows[name] for name in first.values()}


def choose(path: Path, flows: dict[str, Flow], wanted: str | None) -> Flow:
    """The flow that was asked for, or the only one offered; `UserError` lists them otherwise."""
    listed = ", ".join(f"{name} ({flow.name!r})" for name, flow in flows.items()) or "none"
    if wanted is None:
        own = offered(path, flows)
        if len(own) == 1:
            return next(iter(own.values()))
        if not own:
            raise UserError(_NO_FLOW.format(path))
        what = "several flows"
        raise UserError(
            f"{path}: expected one flow, found {what}: {listed}; ask for one with FILE.py:FLOW"
        )
    if wanted in flows:
        return flows[wanted]
    for flow in flows.values():
        if flow.name == wanted:
            return flow
    raise UserError(f"{path}: there is no flow {wanted!r}; found: {listed}")
