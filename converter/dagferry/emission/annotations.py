"""Leaves out annotations that name what of Airflow a flow does not have: the code does the same."""

from __future__ import annotations

from dagferry.emission.places import Places
from dagferry.model.project import Module
from dagferry.syntax import make
from dagferry.syntax import nodes as cst


def drop_annotations(module: Module, places: Places) -> None:
    """Put the changes of parameters, results and variables in; `FlowWriter` drops a flow's stars."""
    if not module.annotations:
        return
    positions = places.positions
    parameters = {positions.end(n.name): n for n in positions if isinstance(n, cst.Param)}
    results = {
        positions.end(n.returns.annotation): n
        for n in positions
        if isinstance(n, cst.FunctionDef) and n.returns is not None
    }
    for one in module.annotations:
        if one.text == "object":
            # A variable needs one, or the statement binds nothing.
            places.changes.replace(places.expression(one.span), cst.Name(one.text))
        elif one.span.end in results:
            places.changes.alter(results[one.span.end], _without_result)
        elif one.span.start in parameters:
            places.changes.alter(parameters[one.span.start], _without_annotation)


def _without_result(function: cst.FunctionDef) -> cst.FunctionDef:
    return function.with_changes(returns=None)


def _without_annotation(parameter: cst.Param) -> cst.Param:
    if parameter.default is None:
        return parameter.with_changes(annotation=None)
    return parameter.with_changes(annotation=None, equal=make.EQUAL)
