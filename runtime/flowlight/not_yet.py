"""Options and methods of Prefect's tasks and flows that flowlight refuses, by name."""

from __future__ import annotations

__all__ = ["FLOW_METHODS_NOT_YET", "FLOW_NOT_YET", "TASK_METHODS_NOT_YET", "TASK_NOT_YET"]

_SERVER = "it needs Prefect's server: run this file on Prefect itself"
_LATER = "run this file on Prefect itself"

TASK_NOT_YET = frozenset(
    [
        "viz_return_value",
        "asset_deps",
    ]
)

TASK_METHODS_NOT_YET = {
    "delay": _SERVER,
    "apply_async": _SERVER,
    "serve": _SERVER,
    "aserve": _SERVER,
    "create_run": _SERVER,
    "create_local_run": _LATER,
}

FLOW_NOT_YET: frozenset[str] = frozenset()

FLOW_METHODS_NOT_YET = {
    "visualize": "`dagferry graph` draws the graph of a DAG",
}
