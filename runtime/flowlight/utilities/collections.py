"""Nested values (`prefect.utilities.collections`).

https://docs.prefect.io/v3/api-ref/python/prefect-utilities-collections
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any

from flowlight.annotations import Annotation, opaque
from flowlight.nested import is_container, parts_of, rebuilt

__all__ = [
    "StopVisiting",
    "get_from_dict",
    "isiterable",
    "listrepr",
    "remove_nested_keys",
    "visit_collection",
]


def listrepr(objs: Iterable[Any], sep: str = " ") -> str:
    """The `repr` of each, with `sep` between them."""
    return sep.join(map(repr, objs))


def isiterable(obj: Any) -> bool:
    """Whether it can be iterated, and is neither text nor bytes nor a file."""
    if isinstance(obj, (str, bytes, io.IOBase)):
        return False
    try:
        iter(obj)
    except TypeError:
        return False
    return True


def get_from_dict(dct: Any, keys: str | list[Any], default: Any = None) -> Any:
    """The value at `a.b[1]`, or at a list of keys; `default` where there is none."""
    path = keys.replace("[", ".").replace("]", "").split(".") if isinstance(keys, str) else keys
    value = dct
    for key in path:
        try:
            value = value[int(key) if str(key).lstrip("-").isdecimal() else key]
        except (TypeError, KeyError, IndexError):  # noqa: PERF203  # the first one ends the loop
            return default
    return value


class StopVisiting(BaseException):  # the name is Prefect's
    """Raised by a visitor: the value that it was given is not looked into."""


def visit_collection(
    expr: Any,
    visit_fn: Callable[..., Any],
    *,
    return_data: bool = False,
    max_depth: int = -1,
    context: dict[str, Any] | None = None,
    remove_annotations: bool = False,
) -> Any:
    """Call `visit_fn` with the value and with all that is in it; with `context` it is given too.

    With `return_data` what it returns takes the place of what it was given, and the whole is returned.
    """
    visit = _Visit(visit_fn, return_data, remove_annotations)
    found = visit.visit(expr, max_depth, context)
    return found if return_data else None


class _Visit:
    """One walk: what it has seen, it does not look into again."""

    def __init__(self, fn: Callable[..., Any], keeps: bool, unmarks: bool) -> None:
        self.fn, self.keeps, self.unmarks = fn, keeps, unmarks
        self.seen: dict[int, tuple[Any, Any]] = {}

    def visit(self, expr: Any, depth: int, context: dict[str, Any] | None) -> Any:
        try:
            found = self._call(expr, context)
        except StopVisiting:
            return expr
        value = found if self.keeps else expr
        if depth == 0:
            return value
        if id(value) in self.seen:
            return self.seen[id(value)][1]
        self.seen[id(value)] = value, value  # a cycle ends here
        new = self._inside(value, depth, context)
        self.seen[id(value)] = value, new
        return new

    def _call(self, expr: Any, context: dict[str, Any] | None) -> Any:
        return self.fn(expr) if context is None else self.fn(expr, context)

    def _inside(self, value: Any, depth: int, context: dict[str, Any] | None) -> Any:
        if isinstance(value, Annotation):
            return self._marked(value, depth, context)
        if not is_container(value):
            return value
        old = parts_of(value)
        new = [self.visit(part, depth - 1, _copied(context)) for part in old]
        return value if all(a is b for a, b in zip(old, new)) else rebuilt(value, new)

    def _marked(self, value: Annotation, depth: int, context: dict[str, Any] | None) -> Any:
        inner = value.unwrap()
        if context is not None:
            context["annotation"] = value
        depth = 0 if isinstance(value, opaque) else depth - 1
        new = self.visit(inner, depth, _copied(context))
        if self.unmarks:
            return new
        return value if new is inner else value.rewrap(new)


def _copied(context: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if context is None else dict(context)


def remove_nested_keys(keys_to_remove: list[Any], obj: Any) -> Any:
    """The dict without these keys, at any depth of dicts; anything else is itself."""
    if not isinstance(obj, dict):
        return obj
    return {
        key: remove_nested_keys(keys_to_remove, value)
        for key, value in obj.items()
        if key not in keys_to_remove
    }
