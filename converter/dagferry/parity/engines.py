"""The engines that can run a side: the bundled ones, or real ones in environments of their own."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dagferry.parity.process import Child, Ended, run_child

LIGHT = "light"
MODULES = {"airflow": "daglight.trace", "prefect": "flowlight.trace"}
# What an engine would take for its own configuration, and would lead it to another database.
CONFIGURATION = {
    "airflow": ("AIRFLOW__", "AIRFLOW_HOME", "AIRFLOW_CONFIG"),
    "prefect": ("PREFECT_",),
}


# Operators that were not converted then show the calls that they would make (`helper_parts/recorded.py`),
# and sensors wait shortly between two pokes (`helper_parts/sensors.py`).
COMPARED = {"AIRFLOW_COMPAT_CALLS": "record", "AIRFLOW_COMPAT_CLOCK": "simulated"}


class EngineError(ValueError):
    """An engine was asked for that cannot be used."""


@dataclass(frozen=True)
class Engine:
    """How traces are asked for; `label` is its name in the report.

    `run` takes a `Child` whose command is the arguments alone. `settings` are variables that the
    child needs, `version` is the major version of a real Airflow.
    """

    side: str
    label: str
    run: Callable[[Child], Ended]
    settings: Mapping[str, str] = field(default_factory=dict)
    version: int | None = None

    @property
    def real(self) -> bool:
        """Whether it is not one of the bundled engines."""
        return self.label != LIGHT

    def listing(self, file: str, options: Mapping[str, Any]) -> list[str]:
        """The arguments that list what a file holds; `options` as for a run."""
        return [file, "--list", *_flags(options)]

    def trace(
        self, file: str, name: str | None, out: Path, options: Mapping[str, Any]
    ) -> list[str]:
        """The arguments that run one subject; `options` are the engine's, without dashes."""
        colon = f"{file}:{name}" if name and self.side == "prefect" else file
        second = [name] if name and colon == file else []
        return [colon, *second, "--out", str(out), *_flags(options)]

    def environment(self, base: Mapping[str, str]) -> dict[str, str]:
        """The variables of a child: `base`, and for a real engine no configuration but ours."""
        taken = CONFIGURATION[self.side] if self.real else ()
        kept = {key: text for key, text in base.items() if not key.startswith(taken)}
        compared = COMPARED if self.side == "prefect" else {}
        return {**kept, **compared, **self.settings}


def light_engine(side: str, python: str) -> Engine:
    """The bundled engine of a side, one new process of `python` for each run."""

    def run(child: Child) -> Ended:
        return run_child(replace(child, command=[python, "-m", MODULES[side], *child.command]))

    return Engine(side, LIGHT, run)


def _flags(options: Mapping[str, Any]) -> list[str]:
    flags: list[str] = []
    for name, value in options.items():
        if value is None or value is False:
            continue
        flags.append(f"--{name}")
        if value is not True:
            flags.append(value if isinstance(value, str) else json.dumps(value))
    return flags
