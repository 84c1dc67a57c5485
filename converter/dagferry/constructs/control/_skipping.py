"""Tasks that run a function whose result decides what is skipped.

https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#control-flow
"""

from __future__ import annotations

from dagferry.build.nodes import Invoke, Named, Node, literal
from dagferry.constructs._base import Call, Emitter, Form, Refused
from dagferry.errors import Impossible
from dagferry.model.task import Task

#: What a short circuit skips when it does: everything after it (True), or what follows it directly.
HOW_FAR = "ignore_downstream_trigger_rules"


def how_far(call: Call) -> tuple[tuple[str, bool], ...]:
    """`HOW_FAR` where it is not Airflow's default. A value that only a run knows is refused."""
    try:
        far = bool(call.arguments.const(HOW_FAR, True))
    except Impossible:
        call.refusals.append(Refused("DF303", f"the value of `{HOW_FAR}`"))
        return ()
    return () if far else ((HOW_FAR, False),)


def skipping(task: Task, out: Emitter, word: str) -> Form:
    """The task of a function, made another kind of node by that function of the helper."""
    node, own_name = out.body(task)
    options = tuple(Named(name, literal(value)) for name, value in task.settings)
    helper = out.helper(word)

    def kind(made: Node) -> Node:
        return Invoke(helper, (made, *options))

    return Form(task=node, own_name=own_name, arguments=out.arguments(task), kind=kind)
