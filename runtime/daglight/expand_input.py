"""What a task or group is mapped over: how many instances, and the arguments of each.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/dynamic-task-
mapping.html; the last argument varies fastest; messages observed in Airflow 2.11.2 and 3.3.2.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from typing import Any, TypeAlias

from daglight.xcom import stored_form
from daglight.xcom_arg import (
    MISSING,
    RETURN_KEY,
    LengthOf,
    Reference,
    Resolvable,
    XComArg,
    args_within,
)

__all__ = [
    "DictOfLists",
    "ExpandInput",
    "ListOfDicts",
    "MappedArgument",
    "is_mappable",
    "list_of_dicts",
]


def is_mappable(value: Any) -> bool:
    """Whether a value can be mapped over: a list, tuple or dict; no text."""
    return isinstance(value, (Sequence, dict)) and not isinstance(value, (str, bytes, bytearray))


class DictOfLists:
    """`expand(x=[...], y=[...])`: every combination."""

    def __init__(self, value: dict[str, Any]) -> None:
        for name, one in value.items():
            if not is_mappable(one) and not isinstance(one, (Reference, MappedArgument)):
                raise ValueError(
                    f"expand() got an unexpected type {type(one).__name__!r} "
                    f"for keyword argument {name!r}"
                )
        self.value = value
        _check_keys(value)

    def references(self) -> Iterator[XComArg]:
        """The XComs it is made of."""
        for one in self.value.values():
            if isinstance(one, Reference):
                yield from one.references()

    def length(self, length_of: LengthOf) -> int | None:
        """How many instances; None while that is not known."""
        lengths = [_length(one, length_of) for one in self.value.values()]
        return None if None in lengths else math.prod(one for one in lengths if one is not None)

    def resolve(self, context: Any) -> tuple[dict[str, Any], list[Any]]:
        """The arguments of one instance, and those of them that came from other tasks."""
        index, found = context["ti"].map_index, {}
        values = {name: _elements(one, context) for name, one in self.value.items()}
        for name, value in reversed(values.items()):
            index, at = divmod(index, len(value))
            found[name] = list(value.items())[at] if isinstance(value, dict) else value[at]
        for name, one in self.value.items():
            if isinstance(one, Resolvable):
                found[name] = _fresh(found[name], stored=isinstance(one, XComArg))
        kept = [found[name] for name, one in self.value.items() if isinstance(one, Resolvable)]
        return {name: found[name] for name in values}, kept


class ListOfDicts:
    """`expand_kwargs([{...}, {...}])`: one instance for each."""

    def __init__(self, value: Any) -> None:
        self.value = value
        _check_keys(value)

    def references(self) -> Iterator[XComArg]:
        """The XComs it is made of."""
        listed = [self.value] if isinstance(self.value, Reference) else self.value
        for one in listed:
            if isinstance(one, Reference):
                yield from one.references()

    def length(self, length_of: LengthOf) -> int | None:
        """How many instances; None while that is not known."""
        return _length(self.value, length_of)

    def resolve(self, context: Any) -> tuple[dict[str, Any], list[Any]]:
        """The arguments of one instance; all are rendered, those of other tasks too."""
        values = _resolved(self.value, context)
        if not isinstance(values, Sequence):
            raise ValueError(f"expand_kwargs() expects a list[dict], not {_type(values)}")
        found = _resolved(values[context["ti"].map_index], context)
        if not isinstance(found, Mapping):
            raise ValueError(f"expand_kwargs() expects a list[dict], not list[{_type(found)}]")
        for key in found:
            if not isinstance(key, str):
                raise ValueError(
                    "expand_kwargs() input dict keys must all be str, "
                    f"but {key!r} is of type {_type(key)}"
                )
        return {key: _resolved(one, context) for key, one in found.items()}, []


ExpandInput: TypeAlias = "DictOfLists | ListOfDicts"


class MappedArgument(Resolvable):
    """A parameter of a mapped task group, whose value differs from instance to instance."""

    def __init__(self, expand_input: ExpandInput, key: str) -> None:
        if isinstance(expand_input, DictOfLists) and any(
            isinstance(one, MappedArgument) for one in expand_input.value.values()
        ):
            raise ValueError("Nested Mapped TaskGroups are not yet supported")
        self.expand_input, self.key = expand_input, key

    def references(self) -> Iterator[XComArg]:
        """The XComs that the group is mapped over."""
        return self.expand_input.references()

    def resolve(self, context: Any) -> Any:
        """The value for the instance that runs."""
        return self.expand_input.resolve(context)[0][self.key]


def list_of_dicts(value: Any) -> ListOfDicts:
    """What `expand_kwargs` was given, checked."""
    items = value if isinstance(value, Sequence) and not isinstance(value, str) else []
    fits = isinstance(value, Reference) or (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and all(isinstance(one, (Reference, Mapping)) for one in items)
    )
    if not fits:
        raise TypeError(f"expected XComArg or list[dict], not {type(value).__name__}")
    return ListOfDicts(value)


def _length(value: Any, length_of: LengthOf) -> int | None:
    return value.map_length(length_of) if isinstance(value, Reference) else len(value)


def _resolved(value: Any, context: Any) -> Any:
    return value.resolve(context) if isinstance(value, Resolvable) else value


def _elements(value: Any, context: Any) -> Any:
    """What one element is taken from; a whole list is not copied for each instance."""
    if isinstance(value, XComArg):
        found = context["ti"].elements_of(value.operator)
        return value.resolve(context) if found is MISSING else found
    return _resolved(value, context)


def _fresh(value: Any, *, stored: bool) -> Any:
    """A copy that is no other object, since what is not rendered is told apart by identity.

    What `map` and `zip` make of stored values is nobody else's, so a copy of the outermost will do.
    """
    if isinstance(value, str):
        return f"{value} "[:-1]
    if stored:
        return stored_form(value)
    return copy(value) if isinstance(value, (list, dict, tuple, set)) else value


def _type(value: Any) -> str:
    return "None" if value is None else type(value).__name__


def _check_keys(value: Any) -> None:
    for arg in args_within(value):
        for one in arg.references():
            if one.key != RETURN_KEY:
                raise ValueError(
                    f"cannot map over XCom with custom key {one.key!r} from {one.operator}"
                )
