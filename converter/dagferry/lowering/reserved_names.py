"""Names that Prefect, or the helper's `TaskGraph.add`, keeps for itself when a task is called.

Prefect: `prefect.tasks.Task.__call__` and `submit`, and `ReservedArgumentError` for a task function
with such a parameter (observed in Prefect 3.8.8).
"""

from __future__ import annotations

from dagferry.constructs._base import Refused
from dagferry.messages import reason
from dagferry.model.task import Refusal, Task
from dagferry.syntax import grammar
from dagferry.syntax.walking import children

BY_PREFECT = frozenset({"return_state", "wait_for"})
_BY_CALLS = BY_PREFECT | {
    "do_xcom_push",
    "ignore_downstream_trigger_rules",
    "multiple_outputs",
    "self",
    "trigger_rule",
    "unique",
}


def refuse_reserved(task: Task, parameters: grammar.Parameters | None) -> None:
    """Raises Refused where an argument, or a parameter of what the task runs, has such a name."""
    given = {argument.name for argument in task.arguments if argument.name} & _BY_CALLS
    if given:
        raise Refused(*reason("reserved argument", name=min(given)))
    found = reserved_parameter(parameters) if parameters else None
    if found:
        raise Refused(found.code, found.subject)


def reserved_parameter(parameters: grammar.Parameters) -> Refusal | None:
    """Why a function with these parameters cannot be a Prefect task, if it cannot."""
    named = {node.arg for node in children(parameters) if isinstance(node, grammar.Parameter)}
    taken = named & BY_PREFECT
    if not taken:
        return None
    found = reason("reserved parameter", name=min(taken))
    return Refusal(code=found.code, subject=found.subject)
