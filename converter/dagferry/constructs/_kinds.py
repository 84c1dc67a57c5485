"""Tasks of functions that a function of the helper makes another kind of: `branch(task)`."""

from __future__ import annotations

from dagferry.build.nodes import Invoke, Named, Node
from dagferry.constructs._base import Emitter, Form
from dagferry.model.task import Task


def of_kind(task: Task, out: Emitter, word: str) -> Form:
    """The task of a function; the helper's `word` makes it another kind, by the task's `kind_arguments`."""
    node, own_name = out.body(task)
    options = tuple(Named(str(one.name), out.value(one.value)) for one in task.kind_arguments)
    helper = out.helper(word)

    def kind(made: Node) -> Node:
        return Invoke(helper, (made, *options))

    return Form(task=node, own_name=own_name, arguments=out.arguments(task), kind=kind)
