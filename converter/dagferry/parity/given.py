"""What a batch was given that could not be meant, told before anything runs."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from dagferry.parity.engines import EngineError
from dagferry.parity.options import VerifyOptions


def check_given(options: VerifyOptions) -> None:
    """Raise `EngineError` for a time, a date or a file that no run could use."""
    if not (math.isfinite(options.timeout) and 0 < options.timeout <= _LONGEST):
        raise EngineError(
            f"--timeout: expected seconds above 0, at most {_LONGEST}, found {options.timeout:g}"
        )
    if options.logical_date is not None:
        _check_date(options.logical_date)
    if options.variables is not None:
        _check_file("variables", options.variables, json.loads)
    if options.connections is not None:
        reader = _READERS.get(options.connections.suffix.lower(), json.loads)
        _check_file("connections", options.connections, reader)
    if options.save_traces is not None:
        _check_folder(options.save_traces)


_LONGEST = 10_000_000


def _check_date(text: str) -> None:
    from dagferry.parity.trace import moment

    try:
        moment(text)
    except (ValueError, OverflowError):
        raise EngineError(
            f"--logical-date: expected an ISO date like 2024-01-31T00:00:00, found {text!r}"
        ) from None


def _check_file(name: str, file: Path, read: Callable[[str], Any]) -> None:
    """Whether it can be read as an object; what stands in it, its engine judges."""
    try:
        found = read(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise EngineError(f"--{name} {file}: expected a file of {name}: {error}") from None
    if not isinstance(found, Mapping):
        kind = type(found).__name__
        raise EngineError(f"--{name} {file}: expected an object of {name} by name, found {kind}")


def _yaml(text: str) -> Any:
    import yaml

    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None


_READERS: Mapping[str, Callable[[str], Any]] = {".yaml": _yaml, ".yml": _yaml, ".env": lambda _: {}}


def _check_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EngineError(
            f"--save-traces {folder}: expected a folder that can be written, {error.strerror}"
        ) from None
