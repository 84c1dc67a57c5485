"""Writes values: constants, templates and the user's own expressions."""

from __future__ import annotations

from dagferry.build.names import fresh
from dagferry.build.nodes import Dotted, Invoke, Listed, Named, Node, Raw, literal
from dagferry.emission import templates
from dagferry.emission.places import Places, begins_with_text
from dagferry.emission.requests import Requests
from dagferry.model.project import Module
from dagferry.model.values import Code, Const, Imported, Series, Span, Template, Value
from dagferry.syntax import make
from dagferry.syntax import nodes as cst
from dagferry.syntax.write import written


class ValueWriter:
    """The values of one module's model as expressions.

    `in_graph` says whether a TaskGraph renders the templates; `renamed` are the names that the flow has for
    what tasks give; `params` are the flow's own parameters.
    """

    def __init__(self, module: Module, places: Places, requests: Requests) -> None:
        self.places = places
        self.requests = requests
        self.in_graph = True
        self.renamed: dict[str, str] = {}
        self.params: frozenset[str] = frozenset()
        # A decorator stands above constants that the flow's body may name.
        self.spell_out = False
        self.run = fresh("run", module.bound_names)

    def value(self, value: Value) -> Node:
        """A value as an expression."""
        match value:
            case Const(span=None):
                return literal(value.value)
            case Const():
                return self._constant(value)
            case Series():
                return Listed(tuple(map(literal, value.values)))
            case Template():
                return self._template(value)
            case Code():
                return self.code(value.span)
            case Imported(local=str(local)):
                return Raw(local)
            case Imported():
                return Raw(self.requests.name(value.module, value.name))

    def _constant(self, value: Const) -> Node:
        assert value.span is not None
        node = self.places.expression(value.span)
        if self.spell_out or (isinstance(value.value, str) and _is_short_text(node)):
            return literal(value.value)
        return self._own(node)

    def _template(self, value: Template) -> Node:
        node = self.places.expression(value.span) if value.span else None
        kept = literal(value.source) if node is None else self._renamed(node)
        if node is not None and value.source is not None and _is_short_text(node):
            kept = literal(value.source)
        if self.in_graph:
            return Invoke(Raw(self.requests.helper("template")), (kept,))
        assert value.source is not None
        if node is not None and not begins_with_text(node):
            return Invoke(Dotted(Raw(self.run), "render"), (kept,))
        return templates.in_flow(value, kept, self.run, self.params)

    def code(self, span: Span) -> Node:
        """The expression of the user's at a place."""
        return self._renamed(self.places.expression(span))

    def _own(self, node: cst.BaseExpression) -> Node:
        """An expression as the user wrote it; a name is a name."""
        if isinstance(node, cst.Name) and not self.places.changes.touches(node):
            return Raw(node.value)
        return self.places.kept(node)

    def _renamed(self, node: cst.BaseExpression) -> Node:
        """An expression with tasks under the names that the flow has for what they give."""
        found = [one for one in self.places.names(node) if one.value in self.renamed]
        if not found:
            return self._own(node)
        new: list[tuple[cst.CSTNode, cst.CSTNode]] = []
        for name in found:
            above = self.places.positions.parent(name)
            output = isinstance(above, cst.Attribute) and above.attr.value == "output"
            old = above if above is not None and output else name
            if old is node:
                return Raw(self.renamed[name.value])
            new.append((old, make.expression(self.renamed[name.value])))
        return self.places.kept(node, new)

    def unrendered(self, value: Value) -> Node:
        """A value as the DAG has it, for what renders its templates itself."""
        if not isinstance(value, Template):
            return self.value(value)
        return literal(value.source) if value.span is None else self.code(value.span)

    def hooks(
        self,
        callbacks: tuple[Code | Imported, ...],
        event: str = "on_failure",
        task_id: str | None = None,
    ) -> Node:
        """Airflow callbacks of an event as a list of Prefect hooks; `task_id`: those of a DAG."""
        hook = Raw(self.requests.helper(event))
        named = () if task_id is None else (Named("task_id", literal(task_id)),)
        calls = [Invoke(hook, (self.value(one), *named)) for one in callbacks]
        return Listed(tuple(calls))


def _is_short_text(node: cst.BaseExpression) -> bool:
    """Whether an expression is written as a string literal, on one line."""
    return begins_with_text(node) and "\n" not in written(node)
