"""The parameters of functions and lambdas."""

from __future__ import annotations

from dataclasses import dataclass

from dagferry.model.values import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of a function. `kind`: `plain` | `star` | `keyword` | `double`."""

    name: str
    kind: str
    span: Span
    default: bool
