"""Where a flow is: `file.py:flow` or `module.flow`, and the way back from there."""

from __future__ import annotations

import enum
import importlib
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from flowlight.blocking import settle
from flowlight.errors import NotSupported
from flowlight.flows import Flow
from flowlight.loading import UserError, load

__all__ = [
    "EntrypointType",
    "entrypoint_of",
    "from_source",
    "load_flow",
    "load_flow_from_entrypoint",
]


class EntrypointType(enum.Enum):
    """How an entrypoint is written down."""

    FILE_PATH = "file_path"
    MODULE_PATH = "module_path"


def entrypoint_of(flow: Flow, kind: EntrypointType | None = None) -> str:
    """Where the flow is, as seen from this folder; `ValueError` for one typed into a console."""
    module = flow.fn.__module__
    if kind is EntrypointType.MODULE_PATH:
        return f"{module}.{flow.fn.__name__}"
    file = flow.fn.__globals__.get("__file__") or getattr(sys.modules.get(module), "__file__", None)
    if not file:
        raise ValueError(
            "Flows defined interactively cannot be deployed. Check out the"
            " quickstart guide for help getting started:"
            " https://docs.prefect.io/latest/get-started/quickstart"
        )
    return f"{os.path.relpath(Path(file).absolute())}:{flow.fn.__qualname__}"


def load_flow(entrypoint: str, folder: Path | None = None) -> Flow:
    """The flow at an entrypoint, a path being one from `folder`; `UserError` when there is none."""
    if ":" in entrypoint:
        path, _, name = entrypoint.rpartition(":")
        found: Any = load(Path(folder or "", path))
    else:
        module, _, name = entrypoint.rpartition(".")
        found = _import(module, entrypoint, folder)
    for part in name.split("."):
        found = getattr(found, part, None)
    if not isinstance(found, Flow):
        raise UserError(f"{entrypoint}: there is no flow {name!r}; found: {found!r}")
    return found


def _import(module: str, entrypoint: str, folder: Path | None) -> Any:
    sys.path.insert(0, str((folder or Path()).resolve()))
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise UserError(
            f"{entrypoint}: the module {module!r} cannot be imported: {error}"
        ) from None


def from_source(source: Any, entrypoint: str) -> Flow:
    """The flow at an entrypoint below a local folder (`Flow.from_source`), or of a block's files."""
    if hasattr(source, "get_directory"):
        return _fetched(source, entrypoint)
    if not isinstance(source, (str, Path)):
        raise TypeError(
            f"Unsupported source type {type(source).__name__!r}. Please provide a"
            " URL to remote storage or a storage object."
        )
    if "://" in str(source):
        raise NotSupported(
            f"from_source({str(source)!r}): flowlight fetches nothing; clone it and give the folder"
        )
    flow = load_flow(entrypoint, Path(source))
    flow.__dict__["source"] = (str(Path(source).resolve()), entrypoint)
    return flow


def _fetched(block: Any, entrypoint: str) -> Flow:
    """The flow of the files that a block fetches; they are there as long as the flow is."""
    folder = tempfile.TemporaryDirectory()
    settle(block.get_directory(local_path=folder.name))
    flow = load_flow(entrypoint, Path(folder.name))
    flow.__dict__["fetched"] = folder
    return flow


def load_flow_from_entrypoint(entrypoint: str, use_placeholder_flow: bool = False) -> Flow:
    """The flow at an entrypoint; there is no placeholder for one that cannot be imported."""
    if use_placeholder_flow:
        raise NotSupported("load_flow_from_entrypoint(use_placeholder_flow=True): no placeholders")
    return load_flow(entrypoint)
