"""An operator of a provider without a conversion keeps its call, its edges and its rendered arguments.

`SnowflakeOperator = recorded_operator("airflow.providers...")` stands in for the class. Its task raises
NotImplementedError when the flow runs; only `dagferry verify` sets the switch by which it records its call
instead, and compares that with the call of Airflow's side. So the grade is `manual`, and DF710 is required
(docs/decisions/0016). The fields that are rendered are those of `provider_fields.json`, which `daglight`
has as well: what is not in there has no rendered fields on either side.

Airflow: https://airflow.apache.org/docs/apache-airflow-providers/
Prefect: https://docs.prefect.io/integrations/integrations
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from dagferry import messages
from dagferry.build.nodes import Invoke, Listed, Named, Node, Raw, literal
from dagferry.constructs._base import Call, Case, Construct, Refused
from dagferry.constructs._option_names import OF_CLASSES
from dagferry.constructs._options import read_options
from dagferry.model.task import Task
from dagferry.syntax import grammar

_ENDINGS = ("Operator", "OperatorAsync", "Sensor", "SensorAsync", "Transfer")
_WITHOUT_EFFECT = (
    "map_index_template",
    "outlets",
    "render_template_as_native_obj",
    "retry_policy",
    "templates_exts",
)


class RecordedOperator(Construct):
    """What only shows the call that it would make."""

    grade = "manual"
    by_class = True
    prefixes = ("airflow.providers.",)
    helper_parts = ("recorded",)

    def takes(self, name: str) -> bool:
        """Operators, sensors and transfers; those of the standard provider need no service to run."""
        return name.endswith(_ENDINGS) and not name.startswith("airflow.providers.standard.")

    def lower(self, call: Call) -> Task:
        """The call as it is. Raises Refused where no name of the module can hold the stand-in."""
        name = call.origin.rpartition(".")[2]
        if not isinstance(call.node.func, grammar.Name):
            raise Refused("DF710", name)
        options = read_options(call, *OF_CLASSES, *_WITHOUT_EFFECT)
        call.findings.append(messages.found("recorded operator", name=name))
        return Task(
            construct=self.name,
            span=call.arguments.module.source.span(call.node),
            name=call.name,
            options=options,
            settings=tuple((one, True) for one in _inherited(call, name)),
            by_class=True,
            ignored=(*call.ignored, *(one for one in _WITHOUT_EFFECT if call.arguments.find(one))),
        )

    def stand_in(self, origin: str, tasks: Sequence[Task]) -> Node:
        """`recorded_operator("airflow...", template_fields=[...])`."""
        known = _known().get(origin.rpartition(".")[2], {})
        inherited = {
            name for task in tasks if task.construct == self.name for name, _ in task.settings
        }
        taken = [name for name in known.get("arguments", ()) if name in inherited]
        given: list[Node] = [literal(origin)]
        for word, names in (("template_fields", known.get("fields", ())), ("arguments", taken)):
            if names:
                given.append(Named(word, Listed(tuple(map(literal, names)))))
        return Invoke(Raw("recorded_operator"), tuple(given))

    cases = (
        Case(
            name="smallest",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.providers.postgres.operators.postgres import PostgresOperator

                with DAG("load", start_date=datetime(2024, 1, 1), schedule=None, catchup=False):
                    PostgresOperator(task_id="orders", sql="delete from orders")
                """,
            after="""\
                from datetime import datetime

                from prefect import flow

                from airflow_compat import TaskGraph, airflow_run, recorded_operator

                PostgresOperator = recorded_operator(
                    "airflow.providers.postgres.operators.postgres.PostgresOperator",
                    template_fields=["sql", "parameters", "conn_id", "database", "hook_params"],
                )


                @flow(name="load", log_prints=True)
                def load(logical_date: datetime | None = None):
                    run = airflow_run(logical_date)
                    with TaskGraph(run) as graph:
                        PostgresOperator(task_id="orders", sql="delete from orders")
                    return graph.leaves


                if __name__ == "__main__":
                    load()
                """,
            findings=("DF502", "DF710"),
            grade="manual",
        ),
    )


def _inherited(call: Call, name: str) -> list[str]:
    """What the operator takes from `default_args` besides what all operators do."""
    known: Sequence[str] = _known().get(name, {}).get("arguments", ())
    return [one for one in known if one in call.arguments.defaults]


@cache
def _known() -> dict[str, Any]:
    text = (files("dagferry.constructs.providers") / "provider_fields.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)["operators"]
    return found
