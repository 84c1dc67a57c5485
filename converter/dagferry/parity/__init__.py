"""Proof by running: a DAG and its flow, in child processes, compared by nine checks."""

from __future__ import annotations

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
