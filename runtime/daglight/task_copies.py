"""The copy of a task that a try works on, so that what it changes ends with it."""

from __future__ import annotations

import copy
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from daglight.operator import BaseOperator

__all__ = ["copied"]

#: What a class may have to say about its copies.
_COPYING = (
    "__copy__",
    "__reduce__",
    "__reduce_ex__",
    "__getstate__",
    "__setstate__",
    "__slots__",
    "__new__",
    "__setattr__",
)


def copied(task: BaseOperator) -> BaseOperator:
    """What `copy.copy` gives, sooner for a class that says nothing about copies."""
    if not _copies_plainly(type(task)):
        return copy.copy(task)
    made = object.__new__(type(task))
    made.__dict__ = task.__dict__.copy()
    return made


@cache
def _copies_plainly(kind: type) -> bool:
    return all(getattr(kind, name, None) is getattr(object, name, None) for name in _COPYING)
