"""Tasks that run a function whose result decides what is skipped.

https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#control-flow
"""

from __future__ import annotations

from dagferry.constructs._base import Call, Refused
from dagferry.errors import Impossible
from dagferry.messages import reason
from dagferry.model.task import Argument
from dagferry.model.values import Const

#: What a short circuit skips when it does: everything after it (True), or what follows it directly.
HOW_FAR = "ignore_downstream_trigger_rules"


def how_far(call: Call) -> tuple[Argument, ...]:
    """`HOW_FAR` where it is not Airflow's default. A value that only a run knows is refused."""
    try:
        far = bool(call.arguments.const(HOW_FAR, True))
    except Impossible:
        call.refusals.append(Refused(*reason("value", argument=HOW_FAR)))
        return ()
    return () if far else (Argument(name=HOW_FAR, value=Const(value=False)),)
