from __future__ import annotations

import pytest
from dagferry.parity.policy import DEFAULT, Policy
from dagferry.parity.values import compare_values, conforms

NESTED = {"a": [1, {"b": "x"}], "c": None}


def tagged(kind, **fields):
    return {"$type": kind, **fields}


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (NESTED, {"a": [1, {"b": "x"}], "c": None}, "equal"),
        (NESTED, {"a": [1, {"b": "y"}], "c": None}, "different"),
        (NESTED, {"a": [1, {"b": "x"}]}, "different"),
        (1, 1.0, "different"),
        (1, True, "different"),
        (0, None, "different"),
        (0, False, "different"),
        ("1", 1, "different"),
        ("", None, "different"),
        ([], None, "different"),
        ([1, 2], [2, 1], "different"),
        ([1, 2], [1, 2, 2], "different"),
        (0.1 + 0.2, 0.3, "different"),
        ([1, 2], tagged("set", items=[1, 2]), "different"),
        (tagged("path", value="a"), "a", "different"),
        (tagged("path", value="a"), tagged("uuid", value="a"), "different"),
        (tagged("decimal", value="1.50"), tagged("decimal", value="1.5"), "different"),
        (tagged("opaque", name="Foo"), tagged("opaque", name="Foo"), "not-checked"),
        (tagged("opaque", name="Foo"), tagged("opaque", name="Bar"), "different"),
        (tagged("opaque", name="Foo"), 5, "different"),
        (tagged("opaque", name="too deep"), 5, "not-checked"),
        ([tagged("opaque", name="Foo"), 1], [tagged("opaque", name="Foo"), 2], "different"),
        (tagged("float", value="nan"), tagged("float", value="nan"), "equal"),
        (
            tagged("datetime", value="2024-01-01T00:00:00+00:00"),
            tagged("datetime", value="2024-01-02T00:00:00+00:00"),
            "different",
        ),
        (
            tagged("datetime", value="2024-01-01T00:00:00+00:00"),
            tagged("datetime", value="2024-01-01T00:00:00"),
            "different",
        ),
    ],
)
def test_values_are_the_same_only_with_type_and_shape(left, right, expected):
    assert compare_values(left, right, DEFAULT).verdict == expected
    assert compare_values(right, left, DEFAULT).verdict == expected


@pytest.mark.parametrize(
    ("left", "right", "leniency"),
    [
        ("<f at 0x7f12ab>", "<f at 0x7f9900>", "memory address"),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, "dict order"),
        (
            tagged("dict", items=[[1, "a"], [2, "b"]]),
            tagged("dict", items=[[2, "b"], [1, "a"]]),
            "dict order",
        ),
        (
            tagged("datetime", value="2024-01-01T00:00:00+00:00"),
            tagged("datetime", value="2024-01-01T00:00:00Z"),
            "datetime spelling",
        ),
    ],
)
def test_a_leniency_that_was_used_is_recorded(left, right, leniency):
    likeness = compare_values(left, right, DEFAULT)
    assert (likeness.verdict, likeness.leniencies) == ("equal", {leniency})


def test_equal_values_use_no_leniency():
    assert compare_values("<f at 0x7f12ab>", "<f at 0x7f12ab>", DEFAULT).leniencies == frozenset()


def test_a_tolerance_has_to_be_asked_for():
    lax = compare_values(0.1 + 0.2, 0.3, Policy(float_relative=1e-9))
    assert (lax.verdict, lax.leniencies) == ("equal", {"float tolerance"})
    assert compare_values(0.1, 0.3, Policy(float_relative=1e-9)).verdict == "different"


def test_pairs_with_the_same_keys_and_other_values_differ():
    left, right = tagged("dict", items=[[1, "a"]]), tagged("dict", items=[[1, "b"]])
    assert compare_values(left, right, DEFAULT).verdict == "different"
    assert compare_values(left, tagged("dict", items=[[2, "a"]]), DEFAULT).verdict == "different"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (["at 12:00", "done"], True),
        (["at 12:00"], False),
        (["at 12:00", "failed"], False),
        ([1, "done"], False),
    ],
)
def test_a_value_agrees_with_two_others_wherever_those_agree(value, expected):
    assert conforms(value, ["at 11:58", "done"], ["at 11:59", "done"], DEFAULT) is expected
