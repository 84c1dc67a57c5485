"""Tasks of functions that a function of the helper makes another kind of: `branch(task)`."""

from __future__ import annotations

from dagferry.build.nodes import Invoke, Named, Node
from dagferry.constructs._base import Emitter, Form
from dagferry.model.task import Task


def of_kind(task: Task, out: Emitter, word: str) -> Form:
    """The task of a function and its arguments; the helper's `word` is given the task and its settings."""
    node, own_name = out.body(task)
    options = tuple(Named(str(one.name), out.value(one.value)) for one in task.settings)
    helper = out.helper(word)

    def kind(made: Node) -> Node:
        return Invoke(helper, (made, *options))

    return Form(task=node, own_name=own_name, arguments=out.arguments(task), kind=kind)
