"""Builds the nodes of statements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import libcst as cst

from dagferry.syntax import grammar
from dagferry.syntax.builder import Builder, Make
from dagferry.syntax.expressions import arguments, spelled_name

_AUGMENTED = {
    cst.AddAssign: "+",
    cst.SubtractAssign: "-",
    cst.MultiplyAssign: "*",
    cst.DivideAssign: "/",
    cst.FloorDivideAssign: "//",
    cst.ModuloAssign: "%",
    cst.PowerAssign: "**",
    cst.MatrixMultiplyAssign: "@",
    cst.LeftShiftAssign: "<<",
    cst.RightShiftAssign: ">>",
    cst.BitAndAssign: "&",
    cst.BitOrAssign: "|",
    cst.BitXorAssign: "^",
}
_PATTERNS = (cst.MatchPattern, cst.MatchSequenceElement, cst.MatchOrElement)


def dotted(node: cst.BaseExpression | None) -> str:
    """`a.b.c` of an import as text."""
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(spelled_name(node.attr))
        node = node.value
    if isinstance(node, cst.Name):
        parts.append(spelled_name(node))
    return ".".join(reversed(parts))


def block(builder: Builder, suite: Sequence[cst.CSTNode]) -> list[grammar.Statement]:
    """The statements of a suite; several on one line stand beside each other."""
    found: list[grammar.Statement] = []
    for one in suite:
        if isinstance(one, cst.SimpleStatementLine):
            found += [builder.node(small) for small in one.body]
        else:
            found.append(builder.node(one))
    return found


def _body(builder: Builder, suite: cst.BaseSuite) -> list[grammar.Statement]:
    return block(builder, suite.body)


def _orelse(builder: Builder, node: cst.Else | cst.If | None) -> list[grammar.Statement]:
    if node is None:
        return []
    return [builder.node(node)] if isinstance(node, cst.If) else _body(builder, node.body)


def _module(builder: Builder, node: cst.Module) -> grammar.Node:
    return grammar.Module(block(builder, node.body))


# Simple statements.


def _expr(builder: Builder, node: cst.Expr) -> grammar.Node:
    return grammar.Expr(builder.node(node.value))


def _assign(builder: Builder, node: cst.Assign) -> grammar.Node:
    targets = [builder.target(one.target) for one in node.targets]
    return grammar.Assign(targets, builder.node(node.value))


def _aug_assign(builder: Builder, node: cst.AugAssign) -> grammar.Node:
    target = builder.target(node.target)
    return grammar.AugAssign(target, _AUGMENTED[type(node.operator)], builder.node(node.value))


def _ann_assign(builder: Builder, node: cst.AnnAssign) -> grammar.Node:
    target = builder.target(node.target)
    annotation = builder.node(node.annotation.annotation)
    return grammar.AnnAssign(target, annotation, builder.optional(node.value))


def _type_alias(builder: Builder, node: cst.TypeAlias) -> grammar.Node:
    name = builder.target(node.name)
    parameters = _type_parameters(builder, node.type_parameters)
    return grammar.TypeAlias(name, parameters, builder.node(node.value))


def _return(builder: Builder, node: cst.Return) -> grammar.Node:
    return grammar.Return(builder.optional(node.value))


def _del(builder: Builder, node: cst.Del) -> grammar.Node:
    target = node.target
    if isinstance(target, cst.Tuple) and not target.lpar:
        return grammar.Delete([builder.target(one.value, "del") for one in target.elements])
    return grammar.Delete([builder.target(target, "del")])


def _raise(builder: Builder, node: cst.Raise) -> grammar.Node:
    exception = builder.optional(node.exc)
    return grammar.Raise(exception, builder.node(node.cause.item) if node.cause else None)


def _assert(builder: Builder, node: cst.Assert) -> grammar.Node:
    return grammar.Assert(builder.node(node.test), builder.optional(node.msg))


def _global(_: Builder, node: cst.Global) -> grammar.Node:
    return grammar.Global([spelled_name(one.name) for one in node.names])


def _nonlocal(_: Builder, node: cst.Nonlocal) -> grammar.Node:
    return grammar.Nonlocal([spelled_name(one.name) for one in node.names])


def _import(builder: Builder, node: cst.Import) -> grammar.Node:
    return grammar.Import(_aliases(builder, node.names))


def _import_from(builder: Builder, node: cst.ImportFrom) -> grammar.Node:
    return grammar.ImportFrom(
        dotted(node.module) or None, _aliases(builder, node.names), len(node.relative)
    )


def _aliases(builder: Builder, names: Any) -> list[grammar.Alias]:
    if isinstance(names, cst.ImportStar):
        return [builder.made(names, lambda _builder, _node: grammar.Alias("*", None))]
    return [builder.made(one, _alias) for one in names]


def _alias(_: Builder, node: cst.ImportAlias) -> grammar.Node:
    bound = node.asname.name if node.asname is not None else None
    return grammar.Alias(
        dotted(node.name), spelled_name(bound) if isinstance(bound, cst.Name) else None
    )


# Compound statements.


def _if(builder: Builder, node: cst.If) -> grammar.Node:
    test = builder.node(node.test)
    body = _body(builder, node.body)
    return grammar.If(test, body, _orelse(builder, node.orelse))


def _for(builder: Builder, node: cst.For) -> grammar.Node:
    kind = grammar.AsyncFor if node.asynchronous else grammar.For
    target = builder.target(node.target)
    iterated = builder.node(node.iter)
    body = _body(builder, node.body)
    return kind(target, iterated, body, _orelse(builder, node.orelse))


def _while(builder: Builder, node: cst.While) -> grammar.Node:
    test = builder.node(node.test)
    body = _body(builder, node.body)
    return grammar.While(test, body, _orelse(builder, node.orelse))


def _with(builder: Builder, node: cst.With) -> grammar.Node:
    kind = grammar.AsyncWith if node.asynchronous else grammar.With
    items = [builder.made(one, _with_item) for one in node.items]
    return kind(items, _body(builder, node.body))


def _with_item(builder: Builder, node: cst.WithItem) -> grammar.Node:
    context = builder.node(node.item)
    return grammar.WithItem(context, builder.target(node.asname.name) if node.asname else None)


def _try(builder: Builder, node: cst.Try | cst.TryStar) -> grammar.Node:
    body = _body(builder, node.body)
    handlers = [builder.made(one, _handler) for one in node.handlers]
    orelse = _orelse(builder, node.orelse)
    return grammar.Try(
        body, handlers, orelse, _body(builder, node.finalbody.body) if node.finalbody else []
    )


def _handler(builder: Builder, node: cst.ExceptHandler) -> grammar.Node:
    kind = builder.optional(node.type)
    bound = node.name.name if node.name is not None else None
    name = spelled_name(bound) if isinstance(bound, cst.Name) else None
    return grammar.ExceptHandler(kind, name, _body(builder, node.body))


# Functions and classes.


def _function(builder: Builder, node: cst.FunctionDef) -> grammar.Node:
    kind = grammar.AsyncFunctionDef if node.asynchronous else grammar.FunctionDef
    decorators = [builder.node(one.decorator) for one in node.decorators]
    types = _type_parameters(builder, node.type_parameters)
    parameters = builder.node(node.params)
    returns = builder.node(node.returns.annotation) if node.returns else None
    body = _body(builder, node.body)
    return kind(spelled_name(node.name), parameters, body, decorators, returns, types)


def _class(builder: Builder, node: cst.ClassDef) -> grammar.Node:
    decorators = [builder.node(one.decorator) for one in node.decorators]
    types = _type_parameters(builder, node.type_parameters)
    bases, keywords = arguments(builder, [*node.bases, *node.keywords])
    body = _body(builder, node.body)
    return grammar.ClassDef(spelled_name(node.name), bases, keywords, body, decorators, types)


def _type_parameters(
    builder: Builder, node: cst.TypeParameters | None
) -> list[grammar.TypeParameter]:
    return [builder.made(one, _type_parameter) for one in node.params] if node else []


def _type_parameter(builder: Builder, node: cst.TypeParam) -> grammar.Node:
    bound = node.param.bound if isinstance(node.param, cst.TypeVar) else None
    made = builder.optional(bound)
    return grammar.TypeParameter(
        spelled_name(node.param.name), made, builder.optional(node.default)
    )


# Match.


def _match(builder: Builder, node: cst.Match) -> grammar.Node:
    subject = builder.node(node.subject)
    return grammar.Match(subject, [builder.made(one, _case) for one in node.cases])


def _case(builder: Builder, node: cst.MatchCase) -> grammar.Node:
    pattern = builder.made(node.pattern, _pattern)
    guard = builder.optional(node.guard)
    return grammar.MatchCase(pattern, guard, _body(builder, node.body))


def _pattern(builder: Builder, node: cst.CSTNode) -> grammar.Node:
    """A pattern: the names that it binds, the expressions and patterns inside of it."""
    names: list[str] = []
    parts: list[grammar.Node] = []
    match node:
        case cst.MatchValue(value=value) | cst.MatchSingleton(value=value):
            parts.append(builder.node(value))
        case cst.MatchAs(pattern=inner, name=name):
            parts += [builder.made(inner, _pattern)] if inner is not None else []
            names += [spelled_name(name)] if name is not None else []
        case cst.MatchStar(name=name):
            names += [spelled_name(name)] if name is not None else []
        case cst.MatchSequenceElement(value=inner) | cst.MatchOrElement(pattern=inner):
            parts.append(builder.made(inner, _pattern))
        case cst.MatchList(patterns=inners) | cst.MatchTuple(patterns=inners):
            parts += [builder.made(one, _pattern) for one in inners]
        case cst.MatchOr(patterns=inners):
            parts += [builder.made(one, _pattern) for one in inners]
        case cst.MatchMapping(elements=elements, rest=rest):
            for element in elements:
                parts += [builder.node(element.key), builder.made(element.pattern, _pattern)]
            names += [spelled_name(rest)] if rest is not None else []
        case cst.MatchClass(cls=kind, patterns=inners, kwds=keywords):
            parts.append(builder.node(kind))
            parts += [builder.made(one, _pattern) for one in inners]
            parts += [builder.made(one.pattern, _pattern) for one in keywords]
    return grammar.Pattern(names, parts)


MAKERS: dict[type[cst.CSTNode], Make] = {
    cst.Module: _module,
    cst.Expr: _expr,
    cst.Assign: _assign,
    cst.AugAssign: _aug_assign,
    cst.AnnAssign: _ann_assign,
    cst.TypeAlias: _type_alias,
    cst.Return: _return,
    cst.Del: _del,
    cst.Raise: _raise,
    cst.Assert: _assert,
    cst.Pass: lambda _builder, _node: grammar.Pass(),
    cst.Break: lambda _builder, _node: grammar.Break(),
    cst.Continue: lambda _builder, _node: grammar.Continue(),
    cst.Global: _global,
    cst.Nonlocal: _nonlocal,
    cst.Import: _import,
    cst.ImportFrom: _import_from,
    cst.If: _if,
    cst.For: _for,
    cst.While: _while,
    cst.With: _with,
    cst.Try: _try,
    cst.TryStar: _try,
    cst.FunctionDef: _function,
    cst.ClassDef: _class,
    cst.Match: _match,
}
