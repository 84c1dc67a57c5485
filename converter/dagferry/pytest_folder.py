"""The folders that `pytest --dagferry` was given: converted once, engines started once."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from dagferry import manifest as manifests
from dagferry.assertions import explained, given_file, verify_command
from dagferry.errors import DagferryError, UsageError
from dagferry.parity import EngineError, VerifyOptions, verify
from dagferry.parity.opening import started
from dagferry.parity.saved import FILES
from dagferry.pipeline import convert_input
from dagferry.report.records import to_json
from dagferry.source.discover import read_input
from dagferry.writing import write_file


@dataclass(frozen=True)
class Converted:
    """A folder of DAGs, the folder of their flows, and the manifest."""

    root: Path
    flows: Path
    manifest: Mapping[str, Any]

    def file(self, path: Path) -> Mapping[str, Any] | None:
        """The entry of a file."""
        name = path.relative_to(self.root).as_posix()
        return next((one for one in self.manifest["files"] if one["path"] == name), None)


@dataclass
class Folders:
    """Every folder that was given; `allow_incomplete`: what could not be checked is skipped."""

    roots: tuple[Path, ...]
    options: VerifyOptions
    flows: Path | None
    allow_incomplete: bool
    _open: ExitStack = field(default_factory=ExitStack)
    _converted: dict[Path, Converted] = field(default_factory=dict)

    @classmethod
    def of(cls, config: pytest.Config) -> Folders:
        """As the options ask for."""
        option = config.getoption
        given = {
            "airflow": option("--dagferry-airflow"),
            "prefect": option("--dagferry-prefect"),
            "timeout": option("--dagferry-timeout"),
            "allow_network": option("--dagferry-allow-network"),
        }
        given |= _files(config)
        flows = option("--dagferry-flows")
        return cls(
            tuple(_roots(config)),
            VerifyOptions(**{name: value for name, value in given.items() if value is not None}),
            Path(flows).absolute() if flows else None,
            bool(option("--dagferry-allow-incomplete")),
        )

    def close(self) -> None:
        """End the engines, remove the scratch folders."""
        self._open.close()

    def root_of(self, path: Path) -> Path | None:
        """The innermost folder given that the file is in."""
        around = [root for root in self.roots if root in path.parents]
        return max(around, key=lambda root: len(root.parts), default=None)

    def subjects(self, path: Path) -> Iterator[tuple[str, str | None]]:
        """The DAGs of a file, or its name and what is wrong with it."""
        entry = self._folder(path).file(path) if self.root_of(path) else None
        if entry is None:
            return
        if entry["status"] == "unreadable":
            yield path.name, "\n".join(one["message"] for one in entry["findings"])
        for dag in entry["dags"]:
            yield dag["dag_id"], None

    def verify(self, path: Path, dag_id: str) -> tuple[list[str], list[str]]:
        """What fails, and what is merely incomplete where that is allowed."""
        folder = self._folder(path)
        entry = folder.file(path)
        manifest = {**folder.manifest, "files": [entry]}
        try:
            report = verify(folder.root, folder.flows, manifest, self._ready, only=dag_id)
        except EngineError as error:
            return [str(error)], []
        failed: list[str] = []
        open_: list[str] = []
        for dag in report.dags:
            if dag.verdict != "equal":
                command = verify_command(folder.root, dag_id, self.flows, self.options)
                lenient = self.allow_incomplete and dag.verdict == "incomplete" and not dag.fault
                (open_ if lenient else failed).append(explained(dag, command))
        return failed, open_

    @cached_property
    def _ready(self) -> VerifyOptions:
        return self._open.enter_context(started(self.options))

    def _folder(self, path: Path) -> Converted:
        root = self.root_of(path)
        assert root is not None
        if root not in self._converted:
            try:
                self._converted[root] = self._convert(root)
            except DagferryError as error:
                raise pytest.UsageError(f"--dagferry: {error}") from error
        return self._converted[root]

    def _convert(self, root: Path) -> Converted:
        if self.flows is not None:
            manifest = manifests.read(self.flows)
            if manifest is None:
                raise UsageError(
                    f"expected {manifests.NAME} in {self.flows}: convert into it first"
                )
            return Converted(root, self.flows, manifest)
        scratch = self._open.enter_context(tempfile.TemporaryDirectory(prefix="dagferry-flows-"))
        conversion = convert_input(read_input([root]))
        for name, data in conversion.outputs.items():
            write_file(Path(scratch, name), data)
        return Converted(root, Path(scratch), to_json(conversion.files, conversion.roots))


def _files(config: pytest.Config) -> dict[str, Path | None]:
    options = {name: f"--dagferry-{name}" for name in FILES}
    try:
        return {name: given_file(one, config.getoption(one)) for name, one in options.items()}
    except UsageError as error:
        raise pytest.UsageError(str(error)) from error


def _roots(config: pytest.Config) -> Iterator[Path]:
    """The folders among the arguments, and those of the files among them."""
    for argument in config.args:
        path = Path(os.path.abspath(config.invocation_params.dir / argument.split("::")[0]))
        yield path if path.is_dir() else path.parent
