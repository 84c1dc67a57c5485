"""Scopes are Python's own: `symtable` is the judge."""

from __future__ import annotations

import symtable
import warnings

import pytest
from dagferry.syntax.scopes import Scope, scopes
from python_files import indexed, texts

ODD = [
    "x = 1\ndef f(a=x):\n    def g():\n        nonlocal a\n        a = x\n        return y\n    return g",
    "class C:\n    x = 1\n    def f(self):\n        return x\n    y = [x for _ in x]",
    "def f():\n    global x\n    x = 1\n    return lambda: x",
    "def f(v):\n    return [(w := i + v) for i in v if w]",
    "import a.b as c\ndef f():\n    import d.e\n    return c, d",
    "def f():\n    try:\n        pass\n    except E as e:\n        return e\n    with o as p:\n        del p",
    "def f(x):\n    match x:\n        case [a, *b] | {'k': a, **b}:\n            return a, b, c",
    "from __future__ import annotations\ndef f(a: T) -> U:\n    b: V = a\n    return b",
    "def f(a: T) -> U:\n    return a",
]


@pytest.mark.parametrize("text", ODD)
def test_scopes_of_odd_code_are_those_of_symtable(text: str) -> None:
    compare(symtable.symtable(text, "odd", "exec"), scopes(indexed(text).module))


@pytest.mark.parametrize("path", texts())
def test_scopes_of_a_file_are_those_of_symtable(path: str) -> None:
    text = texts()[path]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        expected = symtable.symtable(text, path, "exec")
    compare(expected, scopes(indexed(text).module))


def compare(expected: symtable.SymbolTable, found: Scope) -> None:
    # Python 3.14 gives annotations a table of their own.
    tables = [
        one for one in expected.get_children() if "annotat" not in str(one.get_type()).lower()
    ]
    tables.sort(key=lambda one: (one.get_lineno(), *map(sorted, reads(one))))
    inner = sorted(
        found.inner,
        key=lambda one: (
            one.node.line,
            sorted(one.global_reads()),
            sorted(one.enclosing_reads()),
        ),
    )
    assert len(tables) == len(inner)
    for table, scope in zip(tables, inner):
        assert (scope.global_reads(), scope.enclosing_reads()) == reads(table)
        compare(table, scope)


def reads(table: symtable.SymbolTable) -> tuple[set[str], set[str]]:
    """The names that a scope reads from the module, and from functions around it."""
    hidden = {".0", "__class__"}
    read = [symbol for symbol in table.get_symbols() if symbol.is_referenced()]
    return (
        {symbol.get_name() for symbol in read if symbol.is_global()} - hidden,
        {symbol.get_name() for symbol in read if symbol.is_free()} - hidden,
    )
