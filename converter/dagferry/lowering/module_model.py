"""Puts the model of one module together from what its lowering has read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dagferry import messages
from dagferry.lowering.airflow_annotations import airflow_annotations
from dagferry.lowering.airflow_use import dotted_replacements, stand_ins
from dagferry.lowering.dag_site import RawSite, bound_in
from dagferry.lowering.functions import read_functions
from dagferry.lowering.idle_names import idle_statements, mentioned_in
from dagferry.lowering.module_reader import ModuleReader
from dagferry.lowering.star_parameters import star_parameters
from dagferry.lowering.statements import StatementReader, left_out_properties
from dagferry.lowering.toplevel import (
    bound_names,
    is_mentioned,
    read_imports,
    read_top,
    top_bound,
    top_names,
)
from dagferry.model.dag import Dag, DagSite
from dagferry.model.function import Function
from dagferry.model.project import Annotation, Module, StandIn
from dagferry.model.values import Span
from dagferry.source.functions import signature_span
from dagferry.source.project import ParsedModule
from dagferry.syntax import grammar
from dagferry.syntax.walking import below


def module_model(reader: ModuleReader, dags: tuple[Dag, ...]) -> Module:
    """The module of the model."""
    made, broken = stand_ins(reader.module, reader.leftover)
    if broken is not None and reader.sites:
        _say_broken(reader, broken)
    project = reader.machine.project
    local = bound_names(reader.module, reader.sites, reader.positions)
    statements = StatementReader(
        reader.module, reader.positions, lambda name: project.locate(name) is not None, local
    )
    functions = read_functions(reader)
    calls = [node for module, node in reader.machine.dag_calls if module is reader.module]
    return Module(
        path=reader.module.path,
        name=reader.module.name,
        text=reader.module.source.text,
        tasks=tuple(task.task for task in reader.tasks),
        sites=tuple(_site(reader, site, statements) for site in reader.sites),
        dags=dags,
        functions=functions,
        statements=read_top(reader.module, reader.sites, calls),
        imports=read_imports(reader.module),
        dag_calls=tuple(reader.module.source.span(node) for node in dict.fromkeys(calls)),
        stand_ins=tuple(StandIn(span=one.span, origin=one.origin) for one in made),
        dotted=tuple(
            StandIn(span=one.span, origin=one.origin)
            for one in dotted_replacements(reader.module, _rewritten(reader))
        ),
        broken=broken if reader.sites else None,
        plain=_plain(reader, functions),
        annotations=_annotations(reader),
        dag_ids=tuple(sorted(map(reader.module.source.span, reader.dag_ids), key=_start)),
        top_names=top_names(reader.module, reader.sites),
        bound_names=local,
        top_bound=top_bound(reader.module, reader.sites),
        leftovers=tuple(sorted({mention.origin for mention in reader.leftover})),
    )


def _rewritten(reader: ModuleReader) -> set[grammar.Node]:
    """What names the class of a task whose call is written anew."""
    return {task.node.func for task in reader.tasks if not task.task.by_class}


def _annotations(reader: ModuleReader) -> tuple[Annotation, ...]:
    stars = [one for site in reader.sites for one in star_parameters(site, reader.module)]
    return (*airflow_annotations(reader.module), *stars)


def _plain(reader: ModuleReader, functions: Sequence[Function]) -> tuple[Span, ...]:
    """`work.function`, the function below `@task`; where its signature may change, it is told."""
    decorated = {one.name: one for one in functions if one.decorator is not None}
    found = []
    for node in below(reader.module.tree, grammar.Attribute) if decorated else ():
        match node:
            case grammar.Attribute(value=grammar.Name(id=name), attr="function") if (
                name in decorated
            ):
                span = reader.module.source.span(node)
                if not decorated[name].uses_context and not decorated[name].context_parameters:
                    found.append(span)
                    continue
                reader.findings.append(
                    messages.found("task function called directly", function=name, line=span.line)
                )
    return tuple(sorted(found, key=_start))


def _say_broken(reader: ModuleReader, what: str) -> None:
    name = what.partition(" on line ")[0]
    reader.findings.append(messages.found("broken import", used=what, name=name))


def _site(reader: ModuleReader, site: RawSite, statements: StatementReader) -> DagSite:
    source, header = reader.module.source, reader.headers[site]
    body = statements.read(site.body)
    reader.findings += left_out_properties(body, source, site.variable)
    found = DagSite(
        form=site.form,
        span=source.full_span(site.statement),
        call=source.span(site.call),
        dag_id=header.dag_id,
        variable=site.variable,
        mentioned=is_mentioned(site, reader.module, reader.sites, reader.positions),
        factory=".".join(site.path) or None,
        parameters=_signature(site, reader.module),
        moved=tuple(source.full_span(statement) for statement in site.moved),
        returned=source.span(site.returned) if site.returned else None,
        schedule=header.schedule,
        doc=header.doc,
        timeout=header.timeout,
        default_args=header.defaults,
        params=header.params,
        on_failure=header.on_failure,
        on_success=header.on_success,
        macros=header.macros,
        filters=header.filters,
        catchup=header.catchup,
        airflow_version=reader.version,
        bound=tuple(sorted(bound_in(site.body))),
        body=body,
        refusal=reader.refusals.get(site),
    )
    return replace(found, idle=_idle(reader, site, found))


def _idle(reader: ModuleReader, site: RawSite, found: DagSite) -> tuple[Span, ...]:
    tasks = [one.task for one in reader.tasks]
    by_class = any(task.by_class for task in tasks)
    own = found if by_class else replace(found, default_args=None)
    return idle_statements(site, reader.module, mentioned_in([own, *tasks]))


def _start(span: Span) -> int:
    return span.start


def _signature(site: RawSite, module: ParsedModule) -> Span | None:

    if isinstance(site.statement, grammar.FunctionDef):
        return signature_span(site.statement, module)
    return None
