"""Writes the annotation of a flow's parameter, by which Prefect refuses what Airflow's schema refuses."""

from __future__ import annotations

from functools import reduce

from dagferry.build.layout import on_one_line
from dagferry.build.nodes import Invoke, Named, Raw, literal
from dagferry.emission.requests import Requests
from dagferry.model.dag import ParamType
from dagferry.syntax import make
from dagferry.syntax import nodes as cst


def annotation(kind: ParamType, requests: Requests) -> cst.BaseExpression:
    """`Literal["a", "b"]`, `Annotated[int, Field(strict=True, ge=0)] | None` and the like."""
    if kind.choices:
        choices = [on_one_line(literal(one)) for one in kind.choices]
        found: list[cst.BaseExpression] = [
            make.subscript(cst.Name(requests.name("typing", "Literal")), choices)
        ]
    else:
        found = [_limited(name, kind, requests) for name in kind.types]
    return reduce(make.either, [*found, *([cst.Name("None")] if kind.nullable else [])])


def _limited(name: str, kind: ParamType, requests: Requests) -> cst.BaseExpression:
    # Without `strict` pydantic reads the string "3" as a number; a JSON schema refuses it.
    strict = [Named("strict", literal(True))] if name in {"int", "float", "bool"} else []
    limits = [*strict, *(Named(limit, literal(value)) for limit, value in kind.limits)]
    if not limits:
        return make.expression(name)
    word = cst.Name(requests.name("typing", "Annotated"))
    field = Raw(requests.name("pydantic", "Field"))
    return make.subscript(word, [make.expression(name), on_one_line(Invoke(field, tuple(limits)))])
