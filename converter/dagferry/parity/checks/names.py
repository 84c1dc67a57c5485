"""Check: the flow is called what the DAG is called.

Prefect: https://docs.prefect.io/v3/concepts/flows. The names of tasks are how runs are matched, so that
one of another name is a run of no task in `outcomes`.
"""

from __future__ import annotations

from collections.abc import Iterator

from dagferry.parity.check import Comparison, Item, differs, same

NAME = "names"


def items(comparison: Comparison) -> Iterator[Item]:
    """One item: the id of the DAG and the name of the flow."""
    dag_id, name = comparison.airflow.name, comparison.flow.name
    if dag_id == name:
        yield same("flow")
    else:
        yield differs("flow", dag_id, name, f"the DAG {dag_id} became a flow named {name}")
