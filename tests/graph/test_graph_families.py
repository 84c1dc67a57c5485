from __future__ import annotations

import pytest
from dagferry.graph.families import covers, family_of, same_family


@pytest.mark.parametrize(
    ("family", "task_id", "expected"),
    [
        ("copy_{table}", "copy_orders", True),
        ("copy_{table}", "copy_", True),
        ("copy_{table}", "recopy_orders", False),
        ("{a}.{b}", "group.load", True),
        ("{a}.{b}", "load", False),
        ("a{{b}}", "a{b}", True),
        ("a{{b}}", "axb", False),
        ("load.x", "loadzx", False),
    ],
)
def test_a_family_covers_what_its_expressions_may_become(family, task_id, expected):
    assert covers(family, task_id) is expected


def test_the_most_specific_family_wins():
    assert family_of("copy_big_orders", ["copy_{t}", "copy_big_{t}", "{x}"]) == "copy_big_{t}"


def test_an_id_that_no_family_covers_has_none():
    assert family_of("load", ["copy_{t}"]) is None


def test_families_are_the_same_whatever_their_expressions_are_called():
    assert same_family("copy_{table}", "copy_{name}")
    assert not same_family("copy_{table}", "load_{table}")
