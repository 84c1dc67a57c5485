"""The engines that can run a side: today the bundled ones, each in a child process of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LIGHT = "light"


class EngineError(ValueError):
    """An engine was asked for that cannot be used."""


@dataclass(frozen=True)
class Engine:
    """How traces are asked for: an interpreter and the module in it that writes them."""

    python: str
    module: str

    def listing(self, file: str) -> list[str]:
        """The command that lists what a file holds."""
        return [self.python, "-m", self.module, file, "--list"]

    def trace(
        self, file: str, name: str | None, out: Path, options: Mapping[str, Any]
    ) -> list[str]:
        """The command that runs one subject; `options` are the module's, without dashes."""
        colon = f"{file}:{name}" if name and self.module.startswith("flowlight") else file
        second = [name] if name and colon == file else []
        return [self.python, "-m", self.module, colon, *second, "--out", str(out), *_flags(options)]


def resolve_engine(wanted: str, side: str, python: str) -> Engine:
    """The engine for `light`; `side` is airflow or prefect, `python` runs the bundled ones."""
    if wanted != LIGHT:
        raise EngineError(
            f"--{side} {wanted}: only `light` works today; real engines are not supported yet"
        )
    return Engine(python, "daglight.trace" if side == "airflow" else "flowlight.trace")


def _flags(options: Mapping[str, Any]) -> list[str]:
    flags: list[str] = []
    for name, value in options.items():
        if value is None or value is False:
            continue
        flags.append(f"--{name}")
        if value is not True:
            flags.append(value if isinstance(value, str) else json.dumps(value))
    return flags
