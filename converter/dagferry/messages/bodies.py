"""Findings about the functions that tasks run."""

from __future__ import annotations

from collections.abc import Mapping

from dagferry.findings import ADVISORY
from dagferry.messages.kinds import Kind

BODIES: Mapping[str, Kind] = {
    "context variable": Kind(
        code="DF405",
        message="no conversion for the context variable `{name}`: using it raises",
        cause="the context variable `{name}`",
        samples=({"name": "triggering_dataset_events"}, {"name": "inlets"}),
    ),
    "changing keys": Kind(
        code="DF408",
        message=(
            "`{function}` returns or pushes a dict with keys that are not strings, from line {from_line}:"
            " Airflow turns them into strings, the flow does not"
        ),
        cause="dicts with keys that are not strings",
        severity=ADVISORY,
        samples=({"function": "count", "from_line": "12"},),
    ),
    "exit": Kind(
        code="DF409",
        message=(
            "`{function}` asks Python to end on line {on_line}: Airflow fails the task, in the flow"
            " it ends the run"
        ),
        cause="a task that ends the process",
        hint="raise an exception instead",
        samples=({"function": "load", "on_line": "7"},),
    ),
    "context part": Kind(
        code="DF410",
        message="no conversion for `{part}` in `{function}`: using it raises",
        cause="`{part}`",
        samples=({"part": "ti.hostname", "function": "load"},),
    ),
    "empty context part": Kind(
        code="DF410",
        message="`{part}` in `{function}` is None in a flow",
        cause="`{part}`",
        severity=ADVISORY,
        samples=({"part": "ti.log_url", "function": "load"},),
    ),
    "generator": Kind(
        code="DF411",
        message="no conversion for `{function}`, a generator: the flow raises",
        cause="a generator as the callable of a task",
        samples=({"function": "rows"},),
    ),
    "unserializable": Kind(
        code="DF414",
        message=(
            "`{function}` returns or pushes {what} on line {on_line}, which Airflow cannot store: the task"
            " fails there, in the flow it succeeds"
        ),
        cause="results that Airflow cannot store",
        severity=ADVISORY,
        samples=(
            {"function": "load", "what": "a set", "on_line": "3"},
            {"function": "load", "what": "a generator", "on_line": "3"},
        ),
    ),
}
