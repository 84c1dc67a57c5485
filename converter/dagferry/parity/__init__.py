"""Proof by running: a DAG and its flow, in child processes, compared by checks.

A name's module is imported when the name is asked for: engines are started before the rest is.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dagferry.parity.batch import verify
    from dagferry.parity.check import Check
    from dagferry.parity.engines import EngineError
    from dagferry.parity.fields import TraceError
    from dagferry.parity.options import VerifyOptions
    from dagferry.parity.report import DagReport, VerifyReport
    from dagferry.parity.trace import Trace

__all__ = [
    "Check",
    "DagReport",
    "EngineError",
    "Trace",
    "TraceError",
    "VerifyOptions",
    "VerifyReport",
    "verify",
]
_MODULES = {
    "Check": "check",
    "DagReport": "report",
    "EngineError": "engines",
    "Trace": "trace",
    "TraceError": "fields",
    "VerifyOptions": "options",
    "VerifyReport": "report",
    "verify": "batch",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
