"""Functions that Airflow runs otherwise than Prefect: generators, `async def`, results without keys."""

from __future__ import annotations

from dagferry.constructs._base import Refused
from dagferry.lowering.scopes import scopes_of
from dagferry.messages import reason
from dagferry.model.task import Task
from dagferry.source.context_use import FunctionNode
from dagferry.source.functions import generates
from dagferry.source.json_keys import handing_on
from dagferry.source.project import ParsedModule, SourceProject
from dagferry.source.results import unsplittable
from dagferry.syntax import grammar


def refuse_body(task: Task, module: ParsedModule, project: SourceProject, version: int) -> None:
    """Raises Refused where a flow would not do what Airflow does with the function of a task.

    Observed: Airflow 2.11.2 calls an `async def` and cannot store the coroutine that this gives;
    Airflow 3.3.2 awaits it. With `multiple_outputs` both fail where a key of the result is no string.
    """
    if task.function is None:
        return
    home = project.find(task.function.module) or module
    node: FunctionNode = scopes_of(home).functions[task.function.name]
    name = task.function.name
    if generates(node):
        raise Refused(*reason("generator", function=name))
    if isinstance(node, grammar.AsyncFunctionDef) and version == 2:
        raise Refused(*reason("coroutine", function=name))
    place = unsplittable(handing_on(node)) if task.multiple_outputs else None
    if place is not None:
        raise Refused(*reason("result without keys", result=place.what))
