"""A node of a flow file with what is around it, and the changes that operators make of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import libcst as cst

_SHOWN = 60
_Part = TypeVar("_Part", bound=cst.CSTNode)


@dataclass(frozen=True)
class Change:
    """`old` is replaced by `new`; `shown` tells the reader what was done."""

    old: cst.CSTNode
    new: cst.CSTNode
    shown: str


@dataclass(frozen=True)
class Place:
    """A node and the nodes around it, the outermost first."""

    node: cst.CSTNode
    around: tuple[cst.CSTNode, ...]

    @property
    def parent(self) -> cst.CSTNode | None:
        """What it stands in."""
        return self.around[-1] if self.around else None

    def function(self) -> cst.FunctionDef | None:
        """The innermost function that it stands in."""
        found = [one for one in self.around if isinstance(one, cst.FunctionDef)]
        return found[-1] if found else None

    def keyword(self) -> str | None:
        """The keyword that it is the value of, in a call."""
        parent = self.parent
        if isinstance(parent, cst.Arg) and parent.keyword is not None:
            return parent.keyword.value
        return None


def text(node: cst.CSTNode) -> str:
    """Its source on one line, shortened."""
    code = " ".join(cst.Module([]).code_for_node(node).split()).rstrip(", ")
    return code if len(code) <= _SHOWN else f"{code[: _SHOWN - 3]}..."


def replaced(old: cst.CSTNode, new: cst.CSTNode) -> Change:
    """A change that shows both."""
    return Change(old, new, f"{text(old)} -> {text(new)}")


def without(parts: Sequence[_Part]) -> Iterator[tuple[_Part, list[_Part]]]:
    """Each part, and the others."""
    for at, part in enumerate(parts):
        yield part, [*parts[:at], *parts[at + 1 :]]


def called(node: cst.CSTNode) -> str:
    """The last part of the name that a call calls, empty for anything else."""
    if not isinstance(node, cst.Call):
        return ""
    match node.func:
        case cst.Name(value):
            return value
        case cst.Attribute(attr=cst.Name(value)):
            return value
    return ""


def is_flow(function: cst.FunctionDef | None) -> bool:
    """Whether it has the decorator `flow`."""
    decorators = function.decorators if function is not None else ()
    return any("flow" in (called(one.decorator), text(one.decorator)) for one in decorators)
