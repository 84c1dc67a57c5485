"""`XComArg`: a value that a task will have pushed, given to another task as an argument.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/tutorial/taskflow.html; messages
observed in 2.11.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from daglight.edges import Edges

if TYPE_CHECKING:
    from daglight.operator import BaseOperator

__all__ = ["RETURN_KEY", "Resolvable", "XComArg", "args_within"]

RETURN_KEY = "return_value"


class Resolvable:
    """A stand-in for a value that exists only while the DAG runs."""

    def resolve(self, context: Any) -> Any:
        """The value itself."""
        raise NotImplementedError


class XComArg(Edges, Resolvable):
    """The XCom `key` of `operator`; `arg["other"]` is another key of the same task."""

    def __init__(self, operator: BaseOperator, key: str = RETURN_KEY) -> None:
        self.operator = operator
        self.key = key

    def edge_roots(self) -> list[BaseOperator]:
        """The task that pushes the value."""
        return [self.operator]

    def edge_leaves(self) -> list[BaseOperator]:
        """The task that pushes the value."""
        return [self.operator]

    def resolve(self, context: Any) -> Any:
        """What the task pushed, or None."""
        return context["ti"].xcom_pull(task_ids=self.operator.task_id, key=self.key)

    def __getitem__(self, item: str) -> XComArg:
        if not isinstance(item, str):
            raise ValueError(f"XComArg only supports str lookup, received {type(item).__name__}")
        return XComArg(self.operator, item)

    def __iter__(self) -> Iterator[Any]:
        raise TypeError("'XComArg' object is not iterable")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, XComArg) and (self.operator, self.key) == (
            other.operator,
            other.key,
        )

    def __hash__(self) -> int:
        return hash((id(self.operator), self.key))

    def __str__(self) -> str:
        task_id, dag_id = self.operator.task_id, self.operator.dag_id
        pull = f"task_instance.xcom_pull(task_ids={task_id!r}, dag_id={dag_id!r}, key={self.key!r})"
        return "{{ " + pull + " }}"

    def __getattr__(self, name: str) -> Any:
        if name in ("map", "zip", "concat"):
            from daglight.errors import NotSupported

            raise NotSupported(f"dynamic task mapping (XComArg.{name})")
        if name in ("set_upstream", "set_downstream") or name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.operator, name)


def args_within(value: Any) -> Iterator[XComArg]:
    """Every XComArg in a value, at any depth of containers and templated objects."""
    if isinstance(value, XComArg):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from args_within(part)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for part in value:
            yield from args_within(part)
    elif hasattr(type(value), "template_fields") and not isinstance(value, (str, Edges)):
        for name in value.template_fields:
            yield from args_within(getattr(value, name, None))
