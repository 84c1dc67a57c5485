"""Makes the nodes that generated code needs, with the blanks that libcst's constructors get wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import libcst as cst

from dagferry.syntax.nodes import Statement

_NO_BLANK = cst.SimpleWhitespace("")
EQUAL = cst.AssignEqual(whitespace_before=_NO_BLANK, whitespace_after=_NO_BLANK)
BLANK = cst.EmptyLine(indent=False)
_QUOTES = ('"', "'")


def expression(text: str) -> cst.BaseExpression:
    """A name, a string, or any other short expression that is at hand as text."""
    if text.isidentifier():
        return cst.Name(text)
    if text[:1] in _QUOTES:
        return cst.SimpleString(text)
    if text.isascii() and text.isdigit():
        return cst.Integer(text)
    return cst.parse_expression(text)


def attribute(owner: cst.BaseExpression, name: str) -> cst.Attribute:
    """`owner.name`."""
    return cst.Attribute(value=atom(owner), attr=cst.Name(name))


def either(first: cst.BaseExpression, second: cst.BaseExpression) -> cst.BinaryOperation:
    """`first | second`, as annotations have it."""
    return cst.BinaryOperation(left=first, operator=cst.BitOr(), right=second)


def subscript(owner: cst.BaseExpression, items: Sequence[cst.BaseExpression]) -> cst.Subscript:
    """`owner[items]`."""
    elements = [cst.SubscriptElement(cst.Index(item)) for item in items]
    return cst.Subscript(value=atom(owner), slice=elements)


def f_string(parts: Sequence[str | cst.BaseExpression]) -> cst.FormattedString:
    """An f-string in double quotes; its texts are escaped already."""
    found = [
        cst.FormattedStringText(part)
        if isinstance(part, str)
        else cst.FormattedStringExpression(part)
        for part in parts
    ]
    return cst.FormattedString(parts=found, start='f"', end='"')


_ATOMS = (
    cst.Name,
    cst.Attribute,
    cst.Call,
    cst.Subscript,
    cst.BaseString,
    cst.BaseList,
    cst.BaseDict,
    cst.BaseSet,
    cst.Ellipsis,
)


def atom(node: cst.BaseExpression) -> cst.BaseExpression:
    """The expression, in parentheses where something that follows would bind more tightly."""
    if node.lpar or (isinstance(node, _ATOMS) and not isinstance(node, cst.ConcatenatedString)):
        return node
    return node.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def bare(node: cst.BaseExpression) -> cst.BaseExpression:
    """The expression without parentheses that an argument does not need."""
    kept = (cst.Tuple, cst.GeneratorExp, cst.NamedExpr, cst.Yield)
    if not node.lpar or isinstance(node, kept):
        return node
    return node.with_changes(lpar=(), rpar=())


def broken(columns: int) -> cst.ParenthesizedWhitespace:
    """A line break inside brackets; the next line stands so many columns deeper than its block."""
    last = cst.SimpleWhitespace(" " * columns)
    return cst.ParenthesizedWhitespace(indent=True, last_line=last)


def line(*small: cst.BaseSmallStatement, above: Iterable[str] = ()) -> cst.SimpleStatementLine:
    """A line of its own, below comments and blank lines (`""`)."""
    return cst.SimpleStatementLine(body=list(small), leading_lines=lines(above))


def lines(texts: Iterable[str]) -> list[cst.EmptyLine]:
    """Comments, and blank lines for empty texts."""
    return [cst.EmptyLine(comment=cst.Comment(text)) if text else BLANK for text in texts]


def assigned(target: str, value: cst.BaseExpression) -> cst.SimpleStatementLine:
    """`target = value`."""
    return line(cst.Assign(targets=[cst.AssignTarget(target=cst.Name(target))], value=value))


def run_as_script(body: Sequence[Statement]) -> cst.If:
    """`if __name__ == "__main__":`."""
    script = cst.ComparisonTarget(cst.Equal(), cst.SimpleString('"__main__"'))
    return cst.If(test=cst.Comparison(cst.Name("__name__"), [script]), body=block(body))


def block(body: Sequence[Statement], after: Iterable[str] = ()) -> cst.IndentedBlock:
    """An indented block of four columns, with comments behind its last statement."""
    return cst.IndentedBlock(body=list(body), indent="    ", footer=lines(after))


def parameter(
    name: str,
    default: cst.BaseExpression | None = None,
    annotation: cst.BaseExpression | None = None,
) -> cst.Param:
    """A parameter, spaced as PEP 8 wants it."""
    noted = cst.Annotation(annotation) if annotation is not None else None
    equal = EQUAL if annotation is None else cst.AssignEqual()
    given = equal if default is not None else cst.MaybeSentinel.DEFAULT
    return cst.Param(name=cst.Name(name), annotation=noted, default=default, equal=given, star="")


def with_arguments(call: cst.Call, kept: Sequence[cst.Arg]) -> cst.Call:
    """A call with some of its arguments; what stood behind the last one stands there again."""
    if not kept:
        return call.with_changes(args=())
    last = kept[-1].with_changes(
        comma=call.args[-1].comma, whitespace_after_arg=call.args[-1].whitespace_after_arg
    )
    return call.with_changes(args=[*kept[:-1], last])


def anything() -> cst.Parameters:
    """`*args, **kwargs`."""
    return cst.Parameters(
        star_arg=cst.Param(name=cst.Name("args"), star="*"),
        star_kwarg=cst.Param(name=cst.Name("kwargs"), star="**"),
    )


def function(
    name: str,
    parameters: cst.Parameters,
    body: Sequence[Statement],
    *,
    decorator: cst.BaseExpression,
    after: Iterable[str] = (),
) -> cst.FunctionDef:
    """A decorated function."""
    return cst.FunctionDef(
        name=cst.Name(name),
        params=parameters,
        body=block(body, after),
        decorators=[cst.Decorator(decorator=decorator)],
    )
