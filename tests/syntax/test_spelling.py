"""An expression has one spelling, whatever its layout: `ast.unparse` is the judge."""

from __future__ import annotations

import ast

import pytest
from dagferry.syntax import grammar
from dagferry.syntax.spelling import spelled, spelled_target
from python_files import indexed, texts

EXPRESSIONS = [
    'table["name"]', "f(a, *b, k=1, **c)", "a.b.c()", "x if y else z", "lambda a, b=1, *c, d, **e: a",
    "[i for i in x if i]", "{k: v for k, v in x.items()}", "(i async for i in x)", "a[1:2, ::3]",
    "a[x,]", "-x ** 2", "(a + b) * c", "a + b * c", "not a == b", "(a, b)", "(a,)", "()",
    "{**a, 'k': [1, 2]}", "a < b <= c", "f'copy_{table!r:>10}'", "'it''s' + \"'\"", "1.0.real",
    "(1).real", "x and (y or z)", "(yield x)", "await x", "(y := 1)", "{1, 2}", "a @ b", "...",
    "b'x' + None", "a << (b >> c)", "~(a | b) & c ^ d", "(lambda: 0)()", "1e400", "a[b][c].d",
]  # fmt: skip


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_the_spelling_is_that_of_unparse(text: str) -> None:
    expected = ast.unparse(ast.parse(text, mode="eval"))
    found = indexed(text).module.body[0]
    assert isinstance(found, grammar.Expr)
    assert spelled(found.value) == expected


def test_the_layout_does_not_matter() -> None:
    one = indexed("f(\n    'a', # why\n    b [ 1 ],\n)").module.body[0]
    assert isinstance(one, grammar.Expr)
    assert spelled(one.value) == "f('a', b[1])"


def test_what_a_loop_binds_has_no_brackets() -> None:
    (loop,) = indexed("for a, (b, c) in x: pass").of(grammar.For)
    assert spelled_target(loop.target) == "a, (b, c)"


def test_every_expression_of_a_file_means_the_same_when_it_is_read_again() -> None:
    """Brackets may differ from `ast.unparse`; the tree may not."""
    count = 0
    for text in texts().values():
        for call in indexed(text).of(grammar.Call):
            again = indexed(spelled(call)).module.body[0]
            assert isinstance(again, grammar.Expr)
            assert spelled(again.value) == spelled(call)
            count += 1
    assert count > 1000
