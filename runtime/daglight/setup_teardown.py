"""Setup and teardown tasks: the marks, `with teardown:` blocks, and what follows from them.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/howto/setup-and-teardown.html; messages
and details observed in Airflow 2.11.2 and 3.3.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from daglight.edges import Edges
from daglight.exceptions import AirflowException
from daglight.scope import scope
from daglight.trigger_rules import TriggerRule

if TYPE_CHECKING:
    from daglight.operator import BaseOperator

__all__ = [
    "Block",
    "Marks",
    "before_teardowns",
    "check_setups",
    "fails_run",
    "relevant_setups",
    "run_leaves",
]


@dataclass
class Block:
    """An open `with` of setups or teardowns, and the tasks that were made inside it."""

    setups: list[BaseOperator] = field(default_factory=list)
    teardowns: list[BaseOperator] = field(default_factory=list)
    tasks: list[BaseOperator] = field(default_factory=list)
    #: Observed in Airflow 2.11.2 and 3.3.2: what comes after a block inside it no longer counts.
    open: bool = True

    def add_task(self, task: Any) -> None:
        """Let a task that was made before count as made inside the block."""
        self.tasks.append(getattr(task, "operator", task))

    def close(self, outer: Block | None) -> None:
        """Put the tasks between the setups and the teardowns."""
        work = [one for one in self.tasks if not one.is_setup and not one.is_teardown]
        if work:
            roots = [one for one in work if not one.upstream_task_ids] or work[:1]
            leaves = [one for one in work if not one.downstream_task_ids] or work[-1:]
            _join(self.setups, roots)
            _join(leaves, self.teardowns)
        if outer is not None:
            outer.open = False
            _join(outer.setups, self.setups)
            _join(self.teardowns, outer.teardowns)


class Marks:
    """What `BaseOperator` has of setups and teardowns."""

    task_id: str
    trigger_rule: TriggerRule
    _is_setup = False
    _is_teardown = False
    _fails_run = False

    @property
    def is_setup(self) -> bool:
        """Whether it sets something up; ValueError when it is marked as a teardown already."""
        return self._is_setup

    @is_setup.setter
    def is_setup(self, value: bool) -> None:
        if self._is_teardown and value:
            raise ValueError(
                f"Cannot mark task '{self.task_id}' as setup; task is already a teardown."
            )
        self._is_setup = value

    @property
    def is_teardown(self) -> bool:
        """Whether it tears something down; ValueError when it is marked as a setup already."""
        return self._is_teardown

    @is_teardown.setter
    def is_teardown(self, value: bool) -> None:
        if self._is_setup and value:
            raise ValueError(
                f"Cannot mark task '{self.task_id}' as teardown; task is already a setup."
            )
        self._is_teardown = value

    @property
    def on_failure_fail_dagrun(self) -> bool:
        """Whether the run fails when this teardown fails."""
        return self._fails_run

    @on_failure_fail_dagrun.setter
    def on_failure_fail_dagrun(self, value: bool) -> None:
        if value is True and not self._is_teardown:
            raise ValueError(
                "Cannot set task on_failure_fail_dagrun for "
                f"'{self.task_id}' because it is not a teardown task."
            )
        self._fails_run = value

    def as_setup(self) -> Any:
        """Mark it as a setup; the task itself."""
        self.is_setup = True
        return self

    def as_teardown(self, *, setups: Any = None, on_failure_fail_dagrun: bool | None = None) -> Any:
        """Mark it as a teardown of the setups, which then come before it; the task itself."""
        self.is_teardown = True
        self.trigger_rule = TriggerRule.ALL_DONE_SETUP_SUCCESS
        if on_failure_fail_dagrun is not None:
            self.on_failure_fail_dagrun = on_failure_fail_dagrun
        listed: Iterable[Any] = [setups] if isinstance(setups, Edges) else setups or []
        for one in listed:
            one.as_setup()
            one.set_downstream(self)
        return self

    def __enter__(self) -> Block:
        if not self._is_setup and not self._is_teardown:
            kind = RuntimeError if scope.airflow_3 else AirflowException
            raise kind("Only setup/teardown tasks can be used as context managers.")
        block = Block()
        own: Any = self
        if self._is_setup:
            block.setups = [own]
            block.teardowns = [one for one in own.downstream_list if one.is_teardown]
        else:
            block.teardowns = [own]
            block.setups = [one for one in own.upstream_list if one.is_setup]
        scope.blocks.append(block)
        return block

    def __exit__(self, *_: object) -> None:
        block = scope.blocks.pop()
        block.close(scope.blocks[-1] if scope.blocks else None)


def before_teardowns(task: BaseOperator, inside: set[str]) -> Iterator[BaseOperator]:
    """The task; of a teardown at the end of a group, the work it comes after."""
    if not task.is_teardown:
        yield task
        return
    for one in task.upstream_list:
        if one.task_id not in inside or one.is_setup:
            continue
        if one.is_teardown:
            yield from before_teardowns(one, inside)
        elif not _goes_on(one, task, inside):
            yield one


def _goes_on(task: BaseOperator, but: BaseOperator, inside: set[str]) -> bool:
    """Whether more work of the group follows the task."""
    return any(
        one is not but and one.task_id in inside and not one.is_teardown
        for one in task.downstream_list
    )


def relevant_setups(task: BaseOperator) -> set[str]:
    """The setups that must have succeeded before the task: not torn down before it."""
    if task.is_teardown or task.dag is None:
        return set()
    tasks = task.dag.task_dict
    ends = {one for one in task.get_flat_relative_ids() if tasks[one].is_teardown}
    setups = [
        tasks[one] for one in task.get_flat_relative_ids(upstream=True) if tasks[one].is_setup
    ]
    return {
        one.task_id
        for one in setups
        if one.downstream_task_ids & ends or not any(x.is_teardown for x in one.downstream_list)
    }


def fails_run(task: BaseOperator) -> bool:
    """Whether its failure can fail the run."""
    return not task.is_teardown or task.on_failure_fail_dagrun


def run_leaves(tasks: Iterable[BaseOperator]) -> set[str]:
    """The tasks whose states decide the state of the run."""
    listed = list(tasks)
    failing = {task.task_id for task in listed if fails_run(task)}
    leaves = {
        task.task_id
        for task in listed
        if task.task_id in failing and failing.isdisjoint(task.downstream_task_ids)
    }
    return leaves or {task.task_id for task in listed if not task.downstream_task_ids}


def check_setups(tasks: Iterable[BaseOperator]) -> None:
    """ValueError when a task directly after a setup could run without it (observed in 2.11.2)."""
    for task in tasks:
        followers = task.downstream_list if task.is_setup else []
        if any(not one.is_teardown and one.trigger_rule != "all_success" for one in followers):
            raise ValueError("Setup tasks must be followed with trigger rule ALL_SUCCESS.")


def _join(before: list[BaseOperator], after: list[BaseOperator]) -> None:
    for one in before:
        for other in after:
            one.set_downstream(other)
