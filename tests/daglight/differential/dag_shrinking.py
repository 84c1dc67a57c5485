"""Makes a plan smaller while it still differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from dag_plans import DagPlan, TaskPlan

#: Gives, by DAG id, what is different about the plans that differ.
Differ = Callable[[Sequence[DagPlan]], dict[str, list[str]]]
#: Plans that are tried at once.
_BATCH = 8


def shrunk(plan: DagPlan, differ: Differ) -> DagPlan:
    """The smallest plan found that differs; ValueError when the plan itself does not."""
    if not differ([plan]):
        raise ValueError(f"{plan.dag_id} does not differ")
    smaller: DagPlan | None = plan
    while smaller is not None:
        plan = smaller
        smaller = _step(plan, differ)
    return plan


def _step(plan: DagPlan, differ: Differ) -> DagPlan | None:
    candidates = [one for one in _smaller(plan) if one != plan]
    for at in range(0, len(candidates), _BATCH):
        batch = {f"{plan.dag_id}_{n}": one for n, one in enumerate(candidates[at : at + _BATCH])}
        found = differ([replace(one, dag_id=dag_id) for dag_id, one in batch.items()])
        if found:
            return batch[next(dag_id for dag_id in batch if dag_id in found)]
    return None


def _smaller(plan: DagPlan) -> Iterator[DagPlan]:
    """Every plan with one thing less, the largest things first."""
    for task in reversed(plan.tasks):
        if len(plan.tasks) > 1:
            yield _without_task(plan, task.name)
    for task in plan.tasks:
        for one in _smaller_task(task):
            yield replace(plan, tasks=tuple(one if t is task else t for t in plan.tasks))
    for option in plan.options:
        yield replace(plan, options=tuple(one for one in plan.options if one != option))
    yield replace(plan, conf={})


def _without_task(plan: DagPlan, name: str) -> DagPlan:
    def without(task: TaskPlan) -> TaskPlan:
        return replace(
            task,
            upstream=tuple(one for one in task.upstream if one != name),
            inputs=tuple(one for one in task.inputs if one.source != name),
            chosen=tuple(one for one in task.chosen if one != name),
            setup_of="" if task.setup_of == name else task.setup_of,
        )

    return replace(plan, tasks=tuple(without(one) for one in plan.tasks if one.name != name))


def _smaller_task(task: TaskPlan) -> Iterator[TaskPlan]:
    yield replace(task, inputs=(), templates=())
    yield replace(task, group="", options=())
    for name in ("upstream", "inputs", "templates", "options", "chosen"):
        items = getattr(task, name)
        for item in items:
            yield replace(task, **{name: tuple(one for one in items if one != item)})
    plain = {"rule": "all_success", "group": "", "value": "1", "over": "", "setup_of": ""}
    for name, value in {**plain, "body": "returns", "kind": "python"}.items():
        yield replace(task, **{name: value})
