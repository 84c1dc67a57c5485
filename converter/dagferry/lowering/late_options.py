"""Options that a decorator could not have: they name what is bound below the function."""

from __future__ import annotations

from dagferry.lowering.scopes import scopes_of
from dagferry.model.task import Task
from dagferry.source.project import ParsedModule


def are_late(task: Task, module: ParsedModule) -> bool:
    """Whether an option names what is bound, or bound again, behind the function that the task runs.

    Where the decorator stands, the name would not be there, or still have another value.
    """
    if task.function is None or task.function.module != module.name:
        return False
    scopes = scopes_of(module)
    named = {name for code in task.options.codes for name in code.names}
    function = scopes.functions[task.function.name]
    return any(scopes.last_bound.get(name, 0) > function.last for name in named)
