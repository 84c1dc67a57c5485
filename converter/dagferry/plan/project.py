"""The plan of a folder: the form of every flow, and how every function is written."""

from __future__ import annotations

from dataclasses import dataclass

from dagferry.model.dag import Dag
from dagferry.model.project import Module, Project
from dagferry.model.task import FunctionKey, Task
from dagferry.model.values import Const
from dagferry.plan.functions import needs_rewrite
from dagferry.plan.lift import lift
from dagferry.plan.model_index import ModelIndex
from dagferry.plan.not_lifted import NotLifted
from dagferry.plan.order import Order


@dataclass(frozen=True, slots=True)
class SitePlan:
    """`form`: `calls` | `submits` | `graph` | `stub`; `reason` says why it is not a simpler one."""

    form: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class FunctionPlan:
    """How a function is written. `task` is the only call that runs it, whose options it then carries."""

    decorate: bool
    rewrite: bool
    task: int | None


@dataclass(frozen=True)
class ProjectPlan:
    """The plans of all sites `(path, position)` and functions `(module, name)`."""

    sites: dict[tuple[str, int], SitePlan]
    functions: dict[tuple[str, str], FunctionPlan]


def plan_project(project: Project, index: ModelIndex) -> ProjectPlan:
    """Lift what can be proven; a function that one graph needs whole keeps other DAGs graphs too."""
    sites = {
        (module.path, position): _site(module, position, index)
        for module in project.modules
        for position in range(len(module.sites))
    }
    while _demote(sites, project, index):
        pass
    lifted = _lifted(sites, index)
    functions = {
        (module.name, function.name): _function(module, function.name, lifted, index)
        for module in project.modules
        for function in module.functions
    }
    return ProjectPlan(sites, functions)


def _site(module: Module, position: int, index: ModelIndex) -> SitePlan:
    site = module.sites[position]
    if site.refusal is not None:
        return SitePlan("stub", f"{site.refusal.code}: {site.refusal.subject}")
    for dag in index.dags(module, position):
        cycle = Order(dag).cycle
        if cycle:
            return SitePlan("stub", f"DF108: the cycle {' >> '.join(cycle)}")
        twice = _twice(dag)
        if twice is not None:
            return SitePlan("stub", f"DF107: the task id `{twice}`, which is there twice,")
    try:
        return SitePlan(lift(module, position, index))
    except NotLifted as reason:
        return SitePlan("graph", str(reason))
    except Exception as error:  # our fault: one flow is lost, not the batch
        return SitePlan(
            "stub", f"DF901: a fault of dagferry's own ({type(error).__name__}: {error})"
        )


def _twice(dag: Dag) -> str | None:
    """A task id that a DAG surely has twice."""
    seen: set[str] = set()
    for node in dag.nodes:
        if node.family or node.conditional:
            continue
        if node.task_id in seen:
            return node.task_id
        seen.add(node.task_id)
    return None


def _demote(sites: dict[tuple[str, int], SitePlan], project: Project, index: ModelIndex) -> bool:
    whole = _kept_whole(sites, project, index)
    for place, plan in sites.items():
        if plan.form not in {"calls", "submits"}:
            continue
        for key in _site_functions(place, index):
            function = index.function(key)
            if function is not None and needs_rewrite(function) and (key.module, key.name) in whole:
                reason = f"`{function.name}` is used by another DAG as it is"
                sites[place] = SitePlan("graph", reason)
                return True
    return False


def _site_functions(place: tuple[str, int], index: ModelIndex) -> list[FunctionKey]:
    module = index.by_path[place[0]]
    tasks = {task for statement in module.sites[place[1]].body for task in statement.tasks}
    found = [module.tasks[task].function for task in sorted(tasks)]
    return [key for key in found if key is not None]


def _kept_whole(
    sites: dict[tuple[str, int], SitePlan], project: Project, index: ModelIndex
) -> set[tuple[str, str]]:
    """Functions that some call outside a lifted DAG runs, which need their context."""
    lifted = _lifted(sites, index)
    return {
        (task.function.module, task.function.name)
        for module in project.modules
        for position, task in enumerate(module.tasks)
        if task.function is not None and (module.path, position) not in lifted
    }


def _function(
    module: Module, name: str, lifted: set[tuple[str, int]], index: ModelIndex
) -> FunctionPlan:
    function = index.function(FunctionKey(module=module.name, name=name))
    assert function is not None
    users = index.users.get((module.name, name), [])
    own = all(
        path == module.path and not task.by_class and not task.undecorated
        for path, _, task in users
    )
    taskflow = function.decorator is not None
    decorate = taskflow or (bool(users) and own and not function.called_directly)
    rewrite = (
        decorate
        and needs_rewrite(function)
        and bool(users)
        and all((path, position) in lifted for path, position, _ in users)
    )
    sole = users[0][1] if len(users) == 1 and own and _can_carry(users[0][2]) else None
    return FunctionPlan(decorate, rewrite, sole)


def _lifted(sites: dict[tuple[str, int], SitePlan], index: ModelIndex) -> set[tuple[str, int]]:
    """The tasks of flows in the plain form, by module and position."""
    return {
        (path, task)
        for (path, position), plan in sites.items()
        if plan.form in {"calls", "submits"}
        for statement in index.by_path[path].sites[position].body
        for task in statement.tasks
    }


def _can_carry(task: Task) -> bool:
    """Whether a decorator can have the call's name and options: they are known where it stands."""
    return isinstance(task.name, Const) and not task.late_options
