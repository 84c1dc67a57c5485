"""The tree is Python's own: `ast` is the judge, field by field and place by place."""

from __future__ import annotations

import ast
import warnings
from typing import Any

import pytest
from dagferry.syntax import grammar
from dagferry.syntax.strings import BadLiteralError
from python_files import indexed, texts

NAMES = {
    "arg": "Parameter",
    "arguments": "Parameters",
    "keyword": "Keyword",
    "alias": "Alias",
    "withitem": "WithItem",
    "comprehension": "Comprehension",
    "match_case": "MatchCase",
    "TryStar": "Try",
}
OPERATORS = {
    "Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**",
    "MatMult": "@", "LShift": "<<", "RShift": ">>", "BitAnd": "&", "BitOr": "|", "BitXor": "^",
    "And": "and", "Or": "or", "USub": "-", "UAdd": "+", "Invert": "~", "Not": "not", "Eq": "==",
    "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "In": "in", "NotIn": "not in",
    "Is": "is", "IsNot": "is not", "Load": "load", "Store": "store", "Del": "del",
}  # fmt: skip
# What the tree does not have: comments of types, and whether an annotated name stands in brackets.
LEFT_OUT = {"type_comment", "kind", "type_ignores", "simple", "type_params"}

ODD = [
    "f'{a!r:>{width}} {{x}} \\n' 'tail' f\"{b=}\"",
    "x = 'a' \"b\" '''c''' r'\\d'; y = b'x' b'\\n'",
    "a[1:2, ::3], a[...]",
    "print(*a, k=1, *c, **b)",
    "(lambda x, /, y=1, *a, z, w=2, **k: (yield))(1)",
    "a and b and (c and d) or not e",
    "-1 ** +2 @ ~x // 3",
    "{**a, 'k': 1, **b}, {*a, 1}, [*a], {x: y async for x, y in z if x if y}",
    "del a, (b, c)\ndel (d, e)",
    "async def f():\n    async with a as b, c:\n        await d\n    async for x in y:\n        pass",
    "try:\n    a\nexcept* (B, C) as e:\n    raise D from e\nelse:\n    b\nfinally:\n    c",
    "match x:\n    case [1, *rest] | {'k': v, **o} if y:\n        pass\n    case C(a, b=None):\n        pass",
    "@a.b(c)\nclass D(E, metaclass=F):\n    '''doc'''\n    x: int = 1\n    y: str",
    "from . import a as b\nfrom ..c.d import (e, f as g)\nfrom h import *\nimport i.j as k, l.m",
    "if a: b; c\nelif d:\n    e\nelse:\n    f",
    "for i, (j, k) in l:\n    continue\nelse:\n    break_ = 1\nwhile m:\n    break",
    "x = (y := 1) if (a < b <= c) is not None else ( # why\n  1,\n  2 # last\n)",
    "sum(i for i in x), (j for j in y), (  (1, 2)  ), ((z))",
    "ｗｉｄｔｈ = 1.5e3 + 0x1F + 1_000 + 2j",
    "def f(a: int, *args: str, b: float = 1, **kw: Any) -> dict[str, int]: ...",
    "global a\nassert b, 'c'",
]


@pytest.mark.parametrize("path", texts())
def test_the_tree_of_a_file_is_that_of_ast(path: str) -> None:
    compare(texts()[path])


@pytest.mark.parametrize("text", ODD)
def test_the_tree_of_odd_code_is_that_of_ast(text: str) -> None:
    compare(text)


def compare(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        expected = ast.parse(text)
    _Comparison(text).of(expected, indexed(text).module, inside=False)


class _Comparison:
    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")

    def of(self, expected: Any, found: Any, *, inside: bool) -> None:
        if isinstance(expected, list):
            assert isinstance(found, list)
            assert len(expected) == len(found)
            for one, other in zip(expected, found):
                self.of(one, other, inside=inside)
        elif isinstance(expected, ast.AST):
            self.node(expected, found, inside)
        else:
            assert type(expected) is type(found)
            assert expected == found

    def node(self, expected: ast.AST, found: Any, inside: bool) -> None:
        name = type(expected).__name__
        if name in OPERATORS:
            assert found == OPERATORS[name]
            return
        if isinstance(expected, ast.pattern):
            return
        assert type(found).__name__ == NAMES.get(name, name)
        for field in set(expected._fields) - LEFT_OUT:
            value = getattr(expected, field)
            value = bool(value) if field == "is_async" else value
            self.of(value, getattr(found, field), inside=inside or name == "JoinedStr")
        if isinstance(expected, (ast.expr, ast.stmt, ast.arg, ast.keyword)) and not inside:
            self.place(expected, found)

    def place(self, expected: Any, found: grammar.Node) -> None:
        if isinstance(found, grammar.Slice):
            return
        start = (expected.lineno, self.column(expected.lineno, expected.col_offset))
        assert (found.line, found.column) == start
        assert found.end_line == expected.end_lineno
        end = self.column(expected.end_lineno, expected.end_col_offset)
        assert found.home.column_of(found.home.span_of(found)[1]) == end

    def column(self, line: int, count: int) -> int:
        return len(self.lines[line - 1].encode()[:count].decode()) + 1


def test_numbers_are_positions_in_the_order_of_the_text() -> None:
    for path, text in texts().items():
        index = indexed(text)
        assert [node.number for node in index.nodes] == list(range(len(index.nodes))), path
        for node in index.nodes:
            above = node.parent
            assert above is None or above.holds(node)


def test_numbers_survive_parsing_what_libcst_prints() -> None:
    for text in texts().values():
        first = indexed(text)
        again = indexed(first.cst.code)
        assert [type(node) for node in first.nodes] == [type(node) for node in again.nodes]


def test_nodes_of_a_class_below_a_node_are_those_that_walking_finds() -> None:
    index = indexed(texts()["converter/dagferry/source/constants.py"])
    for node in index.nodes[::7]:
        wanted = [
            one for one in index.nodes[node.number : node.last + 1] if type(one) is grammar.Name
        ]
        assert index.below(node, grammar.Name) == wanted


NEWER = [
    'f"{x["a"]} {\'\\n\'.join(y)}"',
    "type Pair[T] = tuple[T, T]",
    "def first[T: int = str](x: T) -> T: return x",
    't"{name} is here"',
    "try:\n    pass\nexcept A, B:\n    pass",
]


@pytest.mark.parametrize("text", NEWER)
def test_syntax_that_is_newer_than_the_running_python_is_read(text: str) -> None:
    assert len(indexed(text).nodes) > 2


@pytest.mark.parametrize("text", ["x = '\\xZZ'", "'\\N{no such}'", "f'\\x'"])
def test_a_bad_escape_is_refused(text: str) -> None:
    with pytest.raises(BadLiteralError):
        indexed(text)
