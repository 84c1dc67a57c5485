"""Functions whose call only makes a generator: Prefect runs such a task otherwise than Airflow."""

from __future__ import annotations

from dagferry.constructs._base import Refused
from dagferry.lowering.scopes import scopes_of
from dagferry.model.task import Task
from dagferry.source.functions import generates
from dagferry.source.project import ParsedModule, SourceProject


def refuse_generator(task: Task, module: ParsedModule, project: SourceProject) -> None:
    """Raises Refused where the function that a task runs is a generator."""
    if task.function is None:
        return
    home = project.find(task.function.module) or module
    if generates(scopes_of(home).functions[task.function.name]):
        raise Refused("DF411", f"`{task.function.name}`, a generator,")
