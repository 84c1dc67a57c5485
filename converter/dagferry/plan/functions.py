"""How a function that tasks run is written: as it is, decorated, or freed of Airflow's context."""

from __future__ import annotations

from dagferry.model.context_names import TASK_INSTANCE
from dagferry.model.function import Function


def needs_rewrite(function: Function) -> bool:
    """Whether plain calls of the function need its body without Airflow's context."""
    if function.refused:
        return False
    doubles = [p for p in function.parameters if p.kind == "double"]
    instance = TASK_INSTANCE & set(function.context_parameters)
    found = function.aliases or function.pulls or function.pushes or function.reads
    return bool(
        found or instance or (doubles and function.opaque is None and _context_only(function))
    )


def _context_only(function: Function) -> bool:
    """A `**kwargs` that is there for the context alone: nothing else reads it."""
    return any(p.kind == "double" for p in function.parameters)


def rewrite_problem(function: Function) -> str | None:
    """Why the function's body cannot do without the context, or None."""
    if function.opaque is not None:
        return function.opaque
    if function.pushes and function.returns_value:
        return "it returns a value and pushes others"
    keys = [push.key for push in function.pushes]
    if len(set(keys)) < len(keys):
        return "it pushes one key twice"
    if any(not push.settled and not push.last for push in function.pushes):
        return "it changes what it has pushed"
    return None
