"""How verify runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dagferry.parity.engines import LIGHT, Engine, EngineError, light_engine
from dagferry.parity.process import MEMORY

if TYPE_CHECKING:
    from dagferry.parity.saved import SavedTraces
    from dagferry.parity.trace import Json

DEFAULT_DATE = "2024-01-01T00:00:00+00:00"


@dataclass(frozen=True)
class VerifyOptions:
    """How verify runs; times in seconds, `logical_date` in ISO form.

    Without a `logical_date`: 2024-01-01, or the day after the DAG's start date if that is later.
    `airflow` and `prefect`: `light`, or the Python of an environment; `saved`: traces to take in
    place of runs of the DAGs; `save_traces`: a folder for the traces of this batch. `memory`: bytes
    for each process of a run, None for no limit. `connections` and `stubs` are for the DAGs: files as
    daglight takes them. `scenarios`: how many at most, None for the default; `inject`: what goes wrong
    in this one. `schedule`: whether it is asked when runs would be. `stop_early`: no scenario is run behind
    one in which the sides differ.
    """

    airflow: str = LIGHT
    prefect: str = LIGHT
    logical_date: str | None = None
    conf: Mapping[str, Json] = field(default_factory=dict)
    variables: Path | None = None
    connections: Path | None = None
    stubs: Path | None = None
    timeout: float = 120.0
    allow_network: bool = False
    memory: int | None = MEMORY
    scenarios: int | None = None
    inject: tuple[Mapping[str, Json], ...] = ()
    schedule: bool = True
    stop_early: bool = False
    jobs: int = 1
    python: str = sys.executable
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    saved: SavedTraces | None = None
    save_traces: Path | None = None
    started: Mapping[str, Engine] = field(default_factory=dict)

    def engines(self) -> tuple[Engine, Engine]:
        """Airflow's and Prefect's engine; a real one must have been started before."""
        return self._engine("airflow", self.airflow), self._engine("prefect", self.prefect)

    def settings(self, side: str) -> dict[str, str | None]:
        """The files that a file of that side may need while it loads, as an engine's options."""
        files = {"variables": self.variables}
        if side == "airflow":
            files["connections"] = self.connections
        return {name: str(file.resolve()) if file else None for name, file in files.items()}

    @property
    def airflow_version(self) -> int | None:
        """The major version of the real Airflow that runs or ran the DAGs, if one did."""
        if self.saved is not None:
            return self.saved.airflow_version
        return self.engines()[0].version

    def _engine(self, side: str, wanted: str) -> Engine:
        if side in self.started:
            return self.started[side]
        if wanted != LIGHT:
            raise EngineError(f"--{side} {wanted}: this engine has not been started")
        return light_engine(side, self.python)
