"""`XComArg`: a value that a task will have pushed, given to another task as an argument.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/tutorial/taskflow.html; messages
observed in 2.11.2. `map`, `zip` and `concat` of it stand in `daglight.xcom_map`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from daglight.edges import Edges
from daglight.errors import NotSupported
from daglight.exceptions import XComNotFound
from daglight.not_set import NOTSET

if TYPE_CHECKING:
    from daglight.operator import BaseOperator

__all__ = ["MISSING", "RETURN_KEY", "Reference", "Resolvable", "XComArg", "args_within"]

RETURN_KEY = "return_value"
#: What a pull gives where there is no XCom, unlike None, which can be one.
MISSING: Any = NOTSET
#: How long the value of a task is that others are mapped over; None while that is not known.
LengthOf = Callable[["BaseOperator"], "int | None"]


class Resolvable:
    """A stand-in for a value that exists only while the DAG runs."""

    def resolve(self, context: Any) -> Any:
        """The value itself."""
        raise NotImplementedError

    def references(self) -> Iterator[XComArg]:
        """The XComs it is made of."""
        yield from ()


class Reference(Edges, Resolvable):
    """What comes from XComs of one task or several, as they are or changed on the way."""

    def map_length(self, length_of: LengthOf) -> int | None:
        """How many instances it maps to; None while that is not known."""
        raise NotImplementedError

    def edge_roots(self) -> list[BaseOperator]:
        """The tasks that push the values."""
        return [one.operator for one in self.references()]

    def edge_leaves(self) -> list[BaseOperator]:
        """The tasks that push the values."""
        return self.edge_roots()

    def map(self, f: Callable[[Any], Any]) -> Reference:
        """The same values, each given to the function when it is used."""
        from daglight.xcom_map import MappedReference

        return MappedReference(self, (f,))

    def zip(self, *others: Reference, fillvalue: Any = MISSING) -> Reference:
        """Tuples of values; as many as the shortest has, with `fillvalue` as the longest."""
        from daglight.xcom_map import ZippedReference

        return ZippedReference((self, *others), fillvalue)

    def concat(self, *others: Reference) -> Reference:
        """The values of all, one after another."""
        from daglight.xcom_map import ConcatenatedReference

        return ConcatenatedReference((self, *others))

    def __iter__(self) -> Iterator[Any]:
        raise TypeError("'XComArg' object is not iterable")


class XComArg(Reference):
    """The XCom `key` of `operator`; `arg["other"]` is another key of the same task."""

    def __init__(self, operator: BaseOperator, key: str = RETURN_KEY) -> None:
        self.operator = operator
        self.key = key

    def references(self) -> Iterator[XComArg]:
        """Just itself."""
        yield self

    def map_length(self, length_of: LengthOf) -> int | None:
        """How long the task's value is, or how many values a mapped task pushed."""
        return length_of(self.operator)

    def resolve(self, context: Any) -> Any:
        """What the task pushed, all of it when it is mapped; None without a return value."""
        found = context["ti"].pull_reference(self.operator, self.key)
        if found is not MISSING:
            return found
        if self.key == RETURN_KEY or self.operator.multiple_outputs:
            return None
        raise XComNotFound(self.operator.dag_id, self.operator.task_id, self.key)

    def as_setup(self) -> XComArg:
        """Mark the task as a setup."""
        self.operator.as_setup()
        return self

    def as_teardown(self, **options: Any) -> XComArg:
        """Mark the task as a teardown; for `setups` and `on_failure_fail_dagrun`."""
        self.operator.as_teardown(**options)
        return self

    def __enter__(self) -> Any:
        return self.operator.__enter__()

    def __exit__(self, *error: object) -> None:
        self.operator.__exit__(*error)

    def __getitem__(self, item: str) -> XComArg:
        if not isinstance(item, str):
            raise ValueError(f"XComArg only supports str lookup, received {type(item).__name__}")
        return XComArg(self.operator, item)

    def map(self, f: Callable[[Any], Any]) -> Reference:
        """The same values, each given to the function when it is used."""
        self._check_key("map against")
        return super().map(f)

    def zip(self, *others: Reference, fillvalue: Any = MISSING) -> Reference:
        """Tuples of values of several tasks."""
        self._check_key("map against")
        return super().zip(*others, fillvalue=fillvalue)

    def concat(self, *others: Reference) -> Reference:
        """The values of all, one after another."""
        self._check_key("concatenate")
        return super().concat(*others)

    def _check_key(self, verb: str) -> None:
        if self.key != RETURN_KEY:
            raise ValueError(f"cannot {verb} non-return XCom")

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
        """What it says of its task; Airflow's has nothing else of the task."""
        if name in ("is_setup", "is_teardown", "on_failure_fail_dagrun", "leaves", "roots"):
            return getattr(self.operator, name)
        from daglight.known import has_name

        if name[:1] != "_" and has_name("XComArg", name):
            raise NotSupported(f"XComArg.{name}")
        kind = "PlainXComArg"
        raise AttributeError(f"{kind!r} object has no attribute {name!r}", name=name, obj=self)


def args_within(value: Any) -> Iterator[Reference]:
    """Every reference in a value, at any depth of containers and templated objects."""
    if isinstance(value, Reference):
        yield value
    elif isinstance(value, Resolvable):
        yield from value.references()
    elif isinstance(value, dict):
        for part in value.values():
            yield from args_within(part)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for part in value:
            yield from args_within(part)
    elif hasattr(type(value), "template_fields") and not isinstance(value, (str, Edges)):
        for name in value.template_fields:
            yield from args_within(getattr(value, name, None))
