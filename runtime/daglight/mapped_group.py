"""Task groups that are mapped: one copy of all their tasks for each element.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/dynamic-task-
mapping.html#task-group-mapping
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from daglight.group import TaskGroup
from daglight.mapped_dependants import references_of
from daglight.trigger_rules import TriggerRule

if TYPE_CHECKING:
    from daglight.expand_input import ExpandInput
    from daglight.operator import BaseOperator

__all__ = ["MappedTaskGroup", "same_mapped_group"]


class MappedTaskGroup(TaskGroup):
    """A group with what it is mapped over."""

    def __init__(self, *, expand_input: ExpandInput, **options: Any) -> None:
        super().__init__(**options)
        self.expand_input = expand_input

    @property
    def mapped_group(self) -> MappedTaskGroup | None:
        """The group itself."""
        return self

    def edge_roots(self) -> list[BaseOperator]:
        """The tasks that depend on no task in here; ValueError where one of its own is `always`."""
        self._refuse_always()
        return super().edge_roots()

    def edge_leaves(self) -> list[BaseOperator]:
        """The tasks that no task in here depends on; ValueError where one of its own is `always`."""
        self._refuse_always()
        return super().edge_leaves()

    def _refuse_always(self) -> None:
        # Observed in Airflow 2.11.2 and 3.3.2: not where it is made, but where its ends are looked for.
        rules = [getattr(child, "trigger_rule", None) for child in self.children.values()]
        if TriggerRule.ALWAYS in rules:
            raise ValueError(
                "Task-generated mapping within a mapped task group is not allowed with trigger rule "
                "'always'"
            )

    def __exit__(self, *error: object) -> None:
        super().__exit__(*error)
        for one in references_of(self.expand_input):
            one.operator.set_downstream(self)


def same_mapped_group(one: BaseOperator, other: BaseOperator) -> bool:
    """Whether both stand in the same mapped group, so that instances pair off."""
    return one.mapped_group is not None and one.mapped_group is other.mapped_group
