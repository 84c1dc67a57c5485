"""dagferry: converts folders of Airflow DAGs to Prefect flows and proves that both do the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

__version__ = "0.1.0"


def assert_equivalent(
    dag: str | Path,
    flow: str | Path,
    *,
    conf: Mapping[str, Any] | None = None,
    logical_date: str | None = None,
    variables: str | Path | None = None,
    connections: str | Path | None = None,
    stubs: str | Path | None = None,
    airflow: str = "light",
    prefect: str = "light",
    timeout: float = 120.0,
    allow_network: bool = False,
) -> None:
    """Run a DAG and a flow the same way; AssertionError unless they are shown to do the same.

    `dag` and `flow` are `FILE.py`, or `FILE.py:NAME` when the file holds several; `logical_date` is
    ISO text, `timeout` is in seconds, `airflow` and `prefect` are `light` or the Python of an
    environment. The flow is given the entries of `conf` as parameters. `connections` and `stubs`
    are files for the DAG; where a stub answers a call, what the task gives is compared, and that the
    flow makes the call is not. What could not be checked fails too. Raises UsageError for a file that
    is not there, and EngineError for an engine or a file that cannot be used.
    """
    __tracebackhide__ = True
    # What the comparison needs is imported here: importing dagferry costs nothing.
    from importlib import import_module

    file = import_module("dagferry.assertions").given_file
    options = import_module("dagferry.parity").VerifyOptions(
        conf=dict(conf or {}),
        logical_date=logical_date,
        variables=file("variables", variables),
        connections=file("connections", connections),
        stubs=file("stubs", stubs),
        airflow=airflow,
        prefect=prefect,
        timeout=timeout,
        allow_network=allow_network,
    )
    import_module("dagferry.assertions").check(dag, flow, options)
