"""Builds the nodes of expressions, parameters and comprehensions."""

from __future__ import annotations

import unicodedata
from typing import Any

import libcst as cst

from dagferry.syntax import grammar
from dagferry.syntax.builder import Builder, Make

_WORDS = {"None": None, "True": True, "False": False}
BINARY: dict[type[cst.CSTNode], str] = {
    cst.Add: "+",
    cst.Subtract: "-",
    cst.Multiply: "*",
    cst.Divide: "/",
    cst.FloorDivide: "//",
    cst.Modulo: "%",
    cst.Power: "**",
    cst.MatrixMultiply: "@",
    cst.LeftShift: "<<",
    cst.RightShift: ">>",
    cst.BitAnd: "&",
    cst.BitOr: "|",
    cst.BitXor: "^",
    cst.And: "and",
    cst.Or: "or",
}
_UNARY = {cst.Minus: "-", cst.Plus: "+", cst.BitInvert: "~", cst.Not: "not"}
_COMPARISONS = {
    cst.Equal: "==",
    cst.NotEqual: "!=",
    cst.LessThan: "<",
    cst.LessThanEqual: "<=",
    cst.GreaterThan: ">",
    cst.GreaterThanEqual: ">=",
    cst.In: "in",
    cst.NotIn: "not in",
    cst.Is: "is",
    cst.IsNot: "is not",
}


def spelled_name(node: cst.Name) -> str:
    """A name as Python knows it: names of other scripts in their normal form (PEP 3131)."""
    text = node.value
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _name(builder: Builder, node: cst.Name) -> grammar.Node:
    if node.value in _WORDS:
        return grammar.Constant(_WORDS[node.value])
    return grammar.Name(spelled_name(node), builder.ctx)


def _attribute(builder: Builder, node: cst.Attribute) -> grammar.Node:
    ctx = builder.ctx
    return grammar.Attribute(builder.read(node.value), spelled_name(node.attr), ctx)


def _subscript(builder: Builder, node: cst.Subscript) -> grammar.Node:
    ctx = builder.ctx
    value = builder.read(node.value)
    before, builder.ctx = builder.ctx, "load"
    key = _key(builder, node)
    builder.ctx = before
    return grammar.Subscript(value, key, ctx)


def _key(builder: Builder, node: cst.Subscript) -> Any:
    elements = [element.slice for element in node.slice]
    if len(elements) == 1 and not _is_tuple(node):
        return _slice(builder, elements[0])
    return builder.made(
        node.slice[0], lambda b, _: grammar.Tuple([_slice(b, one) for one in elements])
    )


def _is_tuple(node: cst.Subscript) -> bool:
    """`a[x,]` is a tuple of one."""
    only = node.slice[0]
    starred = isinstance(only.slice, cst.Index) and bool(only.slice.star)
    return starred or isinstance(only.comma, cst.Comma)


def _slice(builder: Builder, node: cst.BaseSlice) -> Any:
    if isinstance(node, cst.Index):
        if node.star:
            return builder.made(node, lambda b, n: grammar.Starred(b.node(n.value)))
        return builder.node(node.value)
    return builder.made(node, _slice_node)


def _slice_node(builder: Builder, node: cst.Slice) -> grammar.Node:
    lower, upper = builder.optional(node.lower), builder.optional(node.upper)
    return grammar.Slice(lower, upper, builder.optional(node.step))


def _call(builder: Builder, node: cst.Call) -> grammar.Node:
    func = builder.node(node.func)
    args, keywords = arguments(builder, node.args)
    return grammar.Call(func, args, keywords)


def arguments(
    builder: Builder, nodes: Any
) -> tuple[list[grammar.Expression], list[grammar.Keyword]]:
    """The arguments of a call or a class, made in the order of the text."""
    args: list[grammar.Expression] = []
    keywords: list[grammar.Keyword] = []
    for node in nodes:
        if node.keyword is not None or node.star == "**":
            keywords.append(builder.made(node, _keyword))
        elif node.star == "*":
            args.append(builder.made(node, lambda b, n: grammar.Starred(b.node(n.value))))
        else:
            args.append(builder.node(node.value))
    return args, keywords


def _keyword(builder: Builder, node: cst.Arg) -> grammar.Node:
    name = spelled_name(node.keyword) if node.keyword is not None else None
    return grammar.Keyword(name, builder.node(node.value))


def _elements(builder: Builder, nodes: Any) -> list[Any]:
    return [builder.node(e.value) if e.__class__ is cst.Element else builder.node(e) for e in nodes]


def _starred(builder: Builder, node: cst.StarredElement) -> grammar.Node:
    return grammar.Starred(builder.node(node.value), builder.ctx)


def _list(builder: Builder, node: cst.List) -> grammar.Node:
    return grammar.List(_elements(builder, node.elements), builder.ctx)


def _tuple(builder: Builder, node: cst.Tuple) -> grammar.Node:
    return grammar.Tuple(_elements(builder, node.elements), builder.ctx)


def _set(builder: Builder, node: cst.Set) -> grammar.Node:
    return grammar.Set(_elements(builder, node.elements))


def _dict(builder: Builder, node: cst.Dict) -> grammar.Node:
    keys: list[grammar.Expression | None] = []
    values: list[grammar.Expression] = []
    for element in node.elements:
        keys.append(builder.node(element.key) if isinstance(element, cst.DictElement) else None)
        values.append(builder.node(element.value))
    return grammar.Dict(keys, values)


def _unary(builder: Builder, node: cst.UnaryOperation) -> grammar.Node:
    return grammar.UnaryOp(_UNARY[type(node.operator)], builder.node(node.expression))


def _binary(builder: Builder, node: cst.BinaryOperation) -> grammar.Node:
    left = builder.node(node.left)
    return grammar.BinOp(left, BINARY[node.operator.__class__], builder.node(node.right))


def _boolean(builder: Builder, node: cst.BooleanOperation) -> grammar.Node:
    kind = node.operator.__class__
    right: list[cst.BaseExpression] = []
    first: cst.BaseExpression = node
    while isinstance(first, cst.BooleanOperation) and first.operator.__class__ is kind:
        if first is not node and first.lpar:
            break
        right.append(first.right)
        first = first.left
    return grammar.BoolOp(BINARY[kind], [builder.node(one) for one in [first, *reversed(right)]])


def _comparison(builder: Builder, node: cst.Comparison) -> grammar.Node:
    left = builder.node(node.left)
    ops = [_COMPARISONS[type(one.operator)] for one in node.comparisons]
    return grammar.Compare(left, ops, [builder.node(one.comparator) for one in node.comparisons])


def _conditional(builder: Builder, node: cst.IfExp) -> grammar.Node:
    body = builder.node(node.body)
    test = builder.node(node.test)
    return grammar.IfExp(test, body, builder.node(node.orelse))


def _lambda(builder: Builder, node: cst.Lambda) -> grammar.Node:
    return grammar.Lambda(builder.node(node.params), builder.node(node.body))


def _named(builder: Builder, node: cst.NamedExpr) -> grammar.Node:
    return grammar.NamedExpr(builder.target(node.target), builder.node(node.value))


def _await(builder: Builder, node: cst.Await) -> grammar.Node:
    return grammar.Await(builder.node(node.expression))


def _yield(builder: Builder, node: cst.Yield) -> grammar.Node:
    if isinstance(node.value, cst.From):
        return grammar.YieldFrom(builder.node(node.value.item))
    return grammar.Yield(builder.optional(node.value))


# Comprehensions.


def _comprehensions(builder: Builder, node: cst.CompFor) -> list[grammar.Comprehension]:
    found: list[grammar.Comprehension] = []
    one: cst.CompFor | None = node
    while one is not None:
        found.append(builder.made(one, _comprehension))
        one = one.inner_for_in
    return found


def _comprehension(builder: Builder, node: cst.CompFor) -> grammar.Node:
    target = builder.target(node.target)
    iterated = builder.node(node.iter)
    ifs = [builder.node(one.test) for one in node.ifs]
    return grammar.Comprehension(target, iterated, ifs, node.asynchronous is not None)


def _list_comp(builder: Builder, node: cst.ListComp) -> grammar.Node:
    return grammar.ListComp(builder.node(node.elt), _comprehensions(builder, node.for_in))


def _set_comp(builder: Builder, node: cst.SetComp) -> grammar.Node:
    return grammar.SetComp(builder.node(node.elt), _comprehensions(builder, node.for_in))


def _generator(builder: Builder, node: cst.GeneratorExp) -> grammar.Node:
    return grammar.GeneratorExp(builder.node(node.elt), _comprehensions(builder, node.for_in))


def _dict_comp(builder: Builder, node: cst.DictComp) -> grammar.Node:
    key, value = builder.node(node.key), builder.node(node.value)
    return grammar.DictComp(key, value, _comprehensions(builder, node.for_in))


# Parameters.


def _parameters(builder: Builder, node: cst.Parameters) -> grammar.Node:
    defaults: list[grammar.Expression] = []
    posonly = [_parameter_of(builder, one, defaults) for one in node.posonly_params]
    plain = [_parameter_of(builder, one, defaults) for one in node.params]
    star = node.star_arg
    vararg = builder.made(star, _parameter) if isinstance(star, cst.Param) else None
    kwonly: list[grammar.Parameter] = []
    kw_defaults: list[grammar.Expression | None] = []
    for one in node.kwonly_params:
        kwonly.append(builder.made(one, _parameter))
        kw_defaults.append(builder.optional(one.default))
    double = node.star_kwarg
    kwarg = builder.made(double, _parameter) if double is not None else None
    return grammar.Parameters(posonly, plain, vararg, kwonly, kw_defaults, kwarg, defaults)


def _parameter_of(
    builder: Builder, node: cst.Param, defaults: list[grammar.Expression]
) -> grammar.Parameter:
    made: grammar.Parameter = builder.made(node, _parameter)
    if node.default is not None:
        defaults.append(builder.node(node.default))
    return made


def _parameter(builder: Builder, node: cst.Param) -> grammar.Node:
    annotation = None if node.annotation is None else builder.node(node.annotation.annotation)
    return grammar.Parameter(spelled_name(node.name), annotation)


MAKERS: dict[type[cst.CSTNode], Make] = {
    cst.Name: _name,
    cst.Attribute: _attribute,
    cst.Subscript: _subscript,
    cst.Call: _call,
    cst.StarredElement: _starred,
    cst.List: _list,
    cst.Tuple: _tuple,
    cst.Set: _set,
    cst.Dict: _dict,
    cst.UnaryOperation: _unary,
    cst.BinaryOperation: _binary,
    cst.BooleanOperation: _boolean,
    cst.Comparison: _comparison,
    cst.IfExp: _conditional,
    cst.Lambda: _lambda,
    cst.NamedExpr: _named,
    cst.Await: _await,
    cst.Yield: _yield,
    cst.ListComp: _list_comp,
    cst.SetComp: _set_comp,
    cst.GeneratorExp: _generator,
    cst.DictComp: _dict_comp,
    cst.Parameters: _parameters,
}
