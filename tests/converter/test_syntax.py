"""The door to libcst: what is read, what is refused with a good message, and where nodes stand."""

from __future__ import annotations

import libcst as cst
import pytest
from case_book import cases
from dagferry.syntax.parse import Unreadable, parse
from dagferry.syntax.positions import Positions
from libcst.metadata import MetadataWrapper, PositionProvider

every_case = pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)


@every_case
def test_places_are_those_of_libcsts_own_provider(case):
    for path, text in case.before.items():
        if path.endswith(".py"):
            module = parse(text)
            assert places(module) == provided(module)


def places(module: cst.Module) -> dict[cst.CSTNode, tuple[tuple[int, int], tuple[int, int]]]:
    positions = Positions(module)
    return {
        node: (positions.place(positions.start(node)), positions.place(positions.end(node)))
        for node in positions
        # libcst's own start of a block is its first statement's.
        if not isinstance(node, cst.IndentedBlock)
    }


def provided(module: cst.Module) -> dict[cst.CSTNode, tuple[tuple[int, int], tuple[int, int]]]:
    found = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
    return {
        node: ((r.start.line, r.start.column + 1), (r.end.line, r.end.column + 1))
        for node, r in found.items()
        if node in recorded(module)
    }


def recorded(module: cst.Module) -> set[cst.CSTNode]:
    key = id(module)
    if key not in _RECORDED:
        nodes = {n for n in Positions(module) if not isinstance(n, cst.IndentedBlock)}
        _RECORDED[key] = (module, nodes)
    return _RECORDED[key][1]


_RECORDED: dict[int, tuple[cst.Module, set[cst.CSTNode]]] = {}


def test_the_end_of_a_text_is_one_that_libcst_keeps():
    assert parse("x = 1").code == "x = 1\n"
    assert parse("x = 1\n  # about nothing\n   ").code == "x = 1\n  # about nothing\n"


def test_the_places_of_a_statement_and_of_what_stands_in_it():
    module = parse('# about\n@deco\ndef f(a):\n    return "ö" + a  # why\n')
    positions = Positions(module)
    function = module.body[0]
    assert positions.text[positions.start(function) : positions.end(function)] == (
        'def f(a):\n    return "ö" + a'
    )
    assert positions.place(positions.start(function)) == (3, 1)
    with pytest.raises(KeyError):
        positions.start(function.body.body[0].trailing_whitespace)


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ("x = 1\nx = = 2\n", 2, 5, "invalid syntax"),
        ("def f():\n    x = (1,\n", 2, 9, "'(' was never closed"),
        ("if x:\n\ty = 1\n        z = 2\n", 3, 1, "inconsistent use of tabs"),
        ("x = 1\ny = 'a\0b'\n", 2, 1, "null bytes"),
        ("print 'x'\n", 1, 1, "Missing parentheses"),
        ("x = (1\n", 1, 5, "'(' was never closed"),
        ("=", 1, 1, "invalid syntax"),
    ],
)
def test_a_refused_text_has_the_compilers_message_and_place(text, line, column, reason):
    with pytest.raises(Unreadable) as caught:
        parse(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert reason in caught.value.reason


def test_what_only_libcst_refuses_has_its_place_too():
    with pytest.raises(Unreadable) as caught:
        parse("y = 2\n(x): int = 1\n")
    assert (caught.value.line, caught.value.column) == (2, 6)
    assert caught.value.source == "(x): int = 1"
    assert caught.value.reason.startswith("expected one of")


def test_newer_syntax_than_that_of_the_running_python_is_read():
    text = 'x = {"a": 1}\nprint(f"{x["a"]}")\ntype Pair[T] = tuple[T, T]\n'
    assert parse(text).code == text
