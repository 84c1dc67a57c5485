"""A DAG file and a flow file that no manifest knows: who is compared with whom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dagferry.parity.engines import Engine, EngineError
from dagferry.parity.manifest import Subject
from dagferry.parity.options import VerifyOptions
from dagferry.parity.side import Side, list_subjects
from dagferry.parity.trace import Json
from dagferry.syntax import grammar
from dagferry.syntax.index import Index
from dagferry.syntax.parse import parse
from dagferry.syntax.walking import below

_DATE = "logical_date"


def bare_subject(dag: Path, flow: Path, options: VerifyOptions) -> Subject:
    """The only DAG and the only flow of two files, empty names where there are several.

    The flow is given the logical date when it has a parameter of that name. Raises `EngineError`
    when a file does not load.
    """
    airflow, prefect = options.engines()
    ids = [str(one) for one in _listed(airflow, dag, options)]
    names = [str(one["name"]) for one in _listed(prefect, flow, options)]
    return Subject(
        dag_id=ids[0] if len(ids) == 1 else "",
        path=dag.name,
        output=flow.name,
        flow=names[0] if len(names) == 1 else None,
        airflow_version=options.airflow_version or 2,
        logical_date_parameter=any(_DATE in one for one in _flow_parameters(flow)),
    )


def _listed(engine: Engine, file: Path, options: VerifyOptions) -> list[Json]:
    limits = options.timeout, options.allow_network, options.memory
    needed = options.settings("airflow") if engine.side == "airflow" else {}
    side = Side(engine, file.parent, file.name, None, needed, options.environment, *limits)
    found, reason = list_subjects(side)
    if not found:
        raise EngineError(reason or f"{file}: expected a DAG or a flow, found none")
    return list(found)


def _flow_parameters(file: Path) -> Iterator[set[str]]:
    """The names of the parameters of every function under a decorator `flow`."""
    text = file.read_text("utf-8-sig")
    tree = Index(parse(text), text).module
    for node in below(tree, grammar.FunctionDef, grammar.AsyncFunctionDef):
        if any(_is_flow(one) for one in node.decorator_list):
            arguments = node.args
            every = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
            yield {one.arg for one in every}


def _is_flow(decorator: grammar.Expression) -> bool:
    called = decorator.func if isinstance(decorator, grammar.Call) else decorator
    name = called.attr if isinstance(called, grammar.Attribute) else getattr(called, "id", None)
    return name == "flow"
