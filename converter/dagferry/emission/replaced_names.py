"""Replaces names of Airflow's in code that is no task's."""

from __future__ import annotations

from functools import partial

from dagferry.build.layout import on_one_line
from dagferry.constructs._registry import replacements
from dagferry.emission.annotations import drop_annotations
from dagferry.emission.imports import stand_in
from dagferry.emission.places import Places
from dagferry.emission.requests import Requests
from dagferry.model.project import Module, airflow_version
from dagferry.model.values import Span
from dagferry.syntax import make
from dagferry.syntax import nodes as cst

# The code of the finding that a name has no replacement.
MISSING_CODE = "DF601"


def replace_names(module: Module, places: Places, requests: Requests) -> None:
    """Put in what stands for names of Airflow's outside of tasks, annotations included."""
    drop_annotations(module, places)
    for dotted in module.dotted:
        known = replacements()[dotted.origin]
        name = known.named(airflow_version(module))
        _replace(dotted.span, make.expression(requests.name(known.module, name)), places)
    for spans, attribute in ((module.dag_ids, "name"), (module.plain, "fn")):
        for span in spans:
            places.changes.alter(places.expression(span), partial(_with_attribute, attribute))
    for one in module.stand_ins:
        word = stand_in(one.origin, MISSING_CODE, requests.helper("missing"))
        _replace(one.span, on_one_line(word), places)


def name_flows(module: Module, places: Places) -> None:
    """`my_dag()` becomes `my_dag`: the flow that it names must not run where the DAG was made."""
    for span in module.dag_calls:
        call = places.expression(span)
        assert isinstance(call, cst.Call)
        places.changes.replace(call, call.func)


def _replace(span: Span, node: cst.BaseExpression, places: Places) -> None:
    places.changes.replace(places.expression(span), node)


def _with_attribute(name: str, node: cst.Attribute) -> cst.Attribute:
    return node.with_changes(attr=cst.Name(name))
