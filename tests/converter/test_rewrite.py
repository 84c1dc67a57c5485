"""Changes to a tree: what they touch, what they leave alone, and where the comments of what goes stay."""

from __future__ import annotations

import libcst as cst
import pytest
from case_book import cases
from dagferry.build.layout import Room, lay_out
from dagferry.build.nodes import Dotted, Invoke, Kept, Named, Raw, literal
from dagferry.syntax import make
from dagferry.syntax.parse import parse
from dagferry.syntax.positions import Positions
from dagferry.syntax.rewrite import Changes, shifted
from dagferry.syntax.write import comments_in, written, written_all


def tree(text: str) -> tuple[cst.Module, Positions, Changes]:
    module = parse(text)
    positions = Positions(module)
    return module, positions, Changes(positions.parent)


def only(positions: Positions, code: str) -> cst.CSTNode:
    """The one outermost node that is written so."""
    found = [
        node
        for node in positions
        if positions.text[positions.start(node) : positions.end(node)] == code
    ]
    return found[0]


def test_a_statement_that_no_change_touches_is_the_same_object():
    module, positions, changes = tree("x = f(a)  # why\ny = g(b)\n")
    changes.replace(only(positions, "b").value, cst.Name("c"))
    first, second = (changes.applied(one) for one in module.body)
    assert first is module.body[0]
    assert written(second) == "y = g(c)\n"


def test_a_change_inside_of_a_change_is_applied_first():
    module, positions, changes = tree("x = f(g(a))\n")
    changes.replace(only(positions, "a").value, cst.Name("b"))
    changes.alter(only(positions, "f(g(a))"), lambda call: make.attribute(call, "done"))
    assert written(changes.applied(module.body[0])) == "x = f(g(b)).done\n"


def test_what_stands_in_parentheses_keeps_them():
    module, positions, changes = tree("def f():\n    return(x)\n")
    name = next(node for node in positions if isinstance(node, cst.Name) and node.value == "x")
    changes.replace(name, cst.Name("y"))
    assert written(changes.applied(module.body[0])) == "def f():\n    return(y)\n"


def test_the_comments_of_a_statement_that_goes_stay_in_its_block():
    text = "def f():\n    # above\n    a = 1  # behind\n\n    b = 2\n    c = 3  # last\n"
    module, positions, changes = tree(text)
    for code in ("a = 1", "c = 3"):
        statement = only(positions, code)
        changes.drop(statement.body[0])
    assert written(changes.applied(module.body[0])) == (
        "def f():\n    # above\n    # behind\n\n    b = 2\n    # last\n"
    )


def test_the_last_statement_of_a_block_leaves_a_pass():
    module, positions, changes = tree("def f():\n    a = 1\n")
    changes.drop(only(positions, "a = 1").body[0])
    assert written(changes.applied(module.body[0])) == "def f():\n    pass\n"


def test_one_of_two_statements_on_a_line_leaves_a_pass():
    module, positions, changes = tree("def f():\n    a = 1; b = 2\n")
    changes.drop(only(positions, "b = 2"))
    assert written(changes.applied(module.body[0])) == "def f():\n    a = 1; pass\n"


def test_replacements_for_one_time_do_not_stay():
    _, positions, changes = tree("x = f(a, b)\n")
    call = only(positions, "f(a, b)")
    once = changes.applied(call, [(only(positions, "a").value, cst.Name("c"))])
    assert written(once) == "f(c, b)"
    assert changes.applied(call) is call


def test_a_change_in_a_decorator_reaches_it():
    module, positions, changes = tree("@deco(a)\ndef f():\n    pass\n")
    changes.replace(only(positions, "a").value, cst.Name("b"))
    assert written(changes.applied(module.body[0])).startswith("@deco(b)\n")


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_every_expression_of_a_case_can_be_changed_alone(case):
    """A change that is lost would stand in something whose parent is not known."""
    for path, text in case.before.items():
        if path.endswith(".py"):
            module, positions, _ = tree(text)
            for node in positions:
                if isinstance(node, cst.BaseExpression):
                    assert_changed(module, positions, node)


def assert_changed(module: cst.Module, positions: Positions, node: cst.BaseExpression) -> None:
    changes, found = Changes(positions.parent), list[cst.CSTNode]()
    changes.alter(node, lambda new: found.append(new) or new)
    top: cst.CSTNode = node
    while (above := positions.parent(top)) is not None:
        top = above
    changes.applied(top)
    assert len(found) == 1, written(node)
    assert any(top is statement for statement in module.body)


def test_an_expression_of_several_lines_moves_as_a_whole():
    module = parse("x = f(\n    a,  # one\n    # two\n    b,\n)\n")
    call = module.body[0].body[0].value
    assert written(shifted(call, 4)) == "f(\n        a,  # one\n        # two\n        b,\n    )"
    assert written(shifted(shifted(call, 4), -4)) == written(call)


def test_strings_do_not_move():
    module = parse('x = f(\n    """a\n  b\n""",\n)\n')
    call = module.body[0].body[0].value
    assert written(shifted(call, 4)) == 'f(\n        """a\n  b\n""",\n    )'


def test_a_blank_line_that_moves_into_a_block_stays_blank():
    module = parse("x = f(\n    a,\n\n    b,\n)\n")
    block = make.function("g", cst.Parameters(), [module.body[0]], decorator=cst.Name("task"))
    assert "\n\n" in written_all([block])
    assert not [line for line in written_all([block]).split("\n") if line != line.rstrip()]


def test_comments_are_told_in_the_order_of_the_text():
    module = parse("f(  # one\n    a,  # two\n    # three\n    '#',\n)\n")
    assert comments_in(module.body[0].body[0]) == ["# one", "# two", "# three"]


@pytest.mark.parametrize(
    ("owner", "text"),
    [("a + b", "(a + b).output"), ("lambda: a", "(lambda: a).output"), ("a(b)", "a(b).output")],
)
def test_what_binds_less_tightly_gets_parentheses(owner, text):
    node = Kept(owner, cst.parse_expression(owner))
    assert written(lay_out(Dotted(node, "output"), Room())) == text


def test_a_call_that_is_too_wide_has_a_line_for_each_argument():
    node = Invoke(Raw("graph.add"), (Raw("a" * 50), Named("name", literal("b" * 50))))
    block = make.function(
        "f", cst.Parameters(), [make.line(cst.Expr(lay_out(node, Room(4, 0, 4))))],
        decorator=cst.Name("task"),
    )  # fmt: skip
    assert written_all([block]) == (
        f'@task\ndef f():\n    graph.add(\n        {"a" * 50},\n        name="{"b" * 50}",\n    )\n'
    )
