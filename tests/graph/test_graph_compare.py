from __future__ import annotations

import pytest
from dagferry.graph import (
    ExecutionGraph,
    NodeFacts,
    compare_graphs,
    diff_json,
    diff_text,
    graph_text,
)

PLAIN = NodeFacts(retries=0, retry_delay=300.0, timeout=0, trigger_rule="all_success", mapped=False)


def graph(*edges, nodes=(), exact=True, forced=(), facts=None):
    ids = {end for edge in [*edges, *forced] for end in edge} | set(nodes)
    known = facts or {}
    return ExecutionGraph(
        {one: known.get(one, PLAIN) for one in sorted(ids)},
        frozenset(edges),
        exact,
        frozenset(forced),
    )


def found(diff):
    return [(one.kind, one.subject, one.airflow, one.flow) for one in diff.differences]


def open_(diff):
    return [(one.kind, one.subject) for one in diff.not_compared]


def test_equal_graphs_are_equal():
    one = graph(("a", "b"), ("b", "c"))
    diff = compare_graphs(one, one)
    assert diff.verdict == "equal"
    assert found(diff) == open_(diff) == []


def test_two_empty_graphs_are_not_equal():
    assert compare_graphs(graph(), graph()).verdict == "incomplete"


def test_an_edge_is_kept_when_the_order_is_forced_without_one():
    airflow = graph(("a", "b"), ("b", "c"))
    flow = graph(forced=[("a", "b"), ("b", "c"), ("a", "c")])
    assert compare_graphs(airflow, flow).verdict == "equal"


def test_a_dropped_edge_is_found():
    diff = compare_graphs(graph(("a", "b"), ("b", "c")), graph(("a", "b"), nodes=["c"]))
    assert found(diff) == [("edge", "b -> c", "present", None)]


def into_c(rule, *kept):
    """The comparison of a and b -> c under a trigger rule with a flow that kept some edges."""
    facts = {"c": NodeFacts(retries=0, timeout=0, trigger_rule=rule, mapped=False)}
    airflow = graph(("a", "c"), ("b", "c"), facts=facts)
    return compare_graphs(airflow, graph(*kept, nodes="abc", facts=facts))


@pytest.mark.parametrize("kept", [[("a", "c")], [("a", "c"), ("b", "c")]])
def test_timing_says_what_an_early_rule_waits_for(kept):
    diff = into_c("one_success", *kept)
    assert found(diff) == []
    assert [one for one in open_(diff) if one[0] == "edge"] == [
        ("edge", "a -> c"),
        ("edge", "b -> c"),
    ]
    assert diff.verdict == "incomplete"


def test_an_early_rule_that_waits_for_nothing_is_found():
    assert found(into_c("one_success")) == [
        ("edge", "a -> c", "present", None),
        ("edge", "b -> c", "present", None),
    ]


@pytest.mark.parametrize("rule", ["all_done", "none_failed", None])
def test_a_rule_that_waits_for_all_keeps_every_edge(rule):
    assert ("edge", "b -> c", "present", None) in found(into_c(rule, ("a", "c")))


def test_an_edge_the_wrong_way_round_is_both_missing_and_extra():
    diff = compare_graphs(graph(("a", "b")), graph(("b", "a")))
    assert found(diff) == [("edge", "a -> b", "present", None), ("edge", "b -> a", None, "present")]


def test_a_flow_edge_that_airflow_implies_is_not_extra():
    flow = graph(("a", "b"), ("b", "c"), ("a", "c"))
    assert compare_graphs(graph(("a", "b"), ("b", "c")), flow).verdict == "equal"


def test_a_flow_edge_that_airflow_does_not_imply_is_extra():
    diff = compare_graphs(graph(("a", "c"), nodes=["b"]), graph(("a", "c"), ("a", "b")))
    assert found(diff) == [("edge", "a -> b", None, "present")]


def test_order_that_is_merely_forced_is_never_extra():
    diff = compare_graphs(graph(nodes=["a", "b"]), graph(forced=[("a", "b")]))
    assert diff.verdict == "equal"


@pytest.mark.parametrize(
    ("airflow", "flow", "expected"),
    [
        (["a", "b"], ["a"], ("node", "b", "present", None)),
        (["a"], ["a", "b"], ("node", "b", None, "present")),
    ],
)
def test_a_task_that_only_one_side_has_is_found(airflow, flow, expected):
    assert found(compare_graphs(graph(nodes=airflow), graph(nodes=flow))) == [expected]


def test_what_an_inexact_graph_lacks_is_not_compared():
    diff = compare_graphs(graph(("a", "b")), graph(nodes=["a"], exact=False))
    assert diff.verdict == "incomplete"
    assert open_(diff) == [("node", "b")]
    back = compare_graphs(graph(nodes=["a"], exact=False), graph(("a", "b")))
    assert (back.verdict, open_(back)) == ("incomplete", [("node", "b")])


def test_a_missing_edge_of_an_inexact_graph_is_not_compared():
    diff = compare_graphs(graph(("a", "b")), graph(nodes=["a", "b"], exact=False))
    assert (diff.verdict, open_(diff)) == ("incomplete", [("edge", "a -> b")])


def test_a_task_that_the_run_left_out_is_not_compared_but_keeps_what_it_joins():
    airflow = graph(("a", "b"), ("b", "c"))
    kept = compare_graphs(airflow, graph(("a", "c")), uncalled=frozenset({"b"}))
    assert (found(kept), open_(kept)) == ([], [("node", "b")])
    lost = compare_graphs(airflow, graph(nodes=["a", "c"]), uncalled=frozenset({"b"}))
    assert found(lost) == [("edge", "a -> c", "present", None)]


def test_a_task_that_never_ran_need_not_have_waited_for_all():
    airflow, never = graph(("a", "c"), ("b", "c")), frozenset({"c"})
    one = compare_graphs(airflow, graph(("a", "c"), nodes=["b"]), uncalled=never)
    assert (found(one), open_(one)) == ([], [("edge", "b -> c")])
    none = compare_graphs(airflow, graph(nodes=["a", "b", "c"]), uncalled=never)
    assert [edge for _, edge, *_ in found(none)] == ["a -> c", "b -> c"]
    ran = compare_graphs(airflow, graph(("a", "c"), nodes=["b"]))
    assert found(ran) == [("edge", "b -> c", "present", None)]


@pytest.mark.parametrize(
    ("fact", "airflow", "flow"),
    [
        ("retries", NodeFacts(retries=2), NodeFacts(retries=0)),
        ("timeout", NodeFacts(timeout=60), NodeFacts(timeout=0)),
        ("trigger_rule", NodeFacts(trigger_rule="all_done"), NodeFacts(trigger_rule="all_success")),
        ("mapped", NodeFacts(mapped=True), NodeFacts(mapped=False)),
        ("retry_delay", NodeFacts(2, retry_delay=30.0), NodeFacts(2, retry_delay=31.0)),
        ("retry_delay", NodeFacts(2, retry_delay=(1.0, 2.0)), NodeFacts(2, retry_delay=1.0)),
    ],
)
def test_a_fact_that_differs_is_found(fact, airflow, flow):
    diff = compare_graphs(
        graph(nodes="a", facts={"a": airflow}), graph(nodes="a", facts={"a": flow})
    )
    assert [(one.kind, one.subject) for one in diff.differences] == [(fact, "a")]


def test_a_fact_that_one_side_does_not_know_is_listed():
    unknown = NodeFacts(retries=0, retry_delay=None, timeout=0, trigger_rule=None, mapped=False)
    diff = compare_graphs(graph(nodes="a"), graph(nodes="a", facts={"a": unknown}))
    assert (diff.verdict, open_(diff)) == ("equal", [("trigger_rule", "a")])


def test_a_delay_means_nothing_without_retries():
    other = NodeFacts(
        retries=0, retry_delay=1.0, timeout=0, trigger_rule="all_success", mapped=False
    )
    assert compare_graphs(graph(nodes="a"), graph(nodes="a", facts={"a": other})).verdict == "equal"


def test_a_family_covers_the_ids_it_may_become():
    facts = {"copy_{table}": NodeFacts(retries=0, family=True)}
    airflow = graph(("start", "copy_{table}"), ("copy_{table}", "end"), facts=facts)
    flow = graph(("start", "copy_a"), ("start", "copy_b"), ("copy_a", "end"), ("copy_b", "end"))
    diff = compare_graphs(airflow, flow)
    assert (diff.verdict, found(diff)) == ("equal", [])
    assert compare_graphs(flow, airflow).verdict == "equal"


def test_a_member_of_a_family_with_other_facts_is_found_by_its_own_id():
    airflow = graph(nodes=["copy_{t}"], facts={"copy_{t}": NodeFacts(retries=1, family=True)})
    flow = graph(nodes=["copy_a", "copy_b"], facts={"copy_a": NodeFacts(1), "copy_b": NodeFacts(0)})
    assert found(compare_graphs(airflow, flow)) == [("retries", "copy_b", 1, 0)]


def test_families_match_each_other_by_pattern():
    airflow = graph(("copy_{table}", "end"), facts={"copy_{table}": NodeFacts(0, family=True)})
    flow = graph(("copy_{name}", "end"), facts={"copy_{name}": NodeFacts(0, family=True)})
    assert compare_graphs(airflow, flow).verdict == "equal"


def test_a_family_that_covers_nothing_is_not_compared():
    airflow = graph(nodes=["a", "copy_{t}"], facts={"copy_{t}": NodeFacts(0, family=True)})
    diff = compare_graphs(airflow, graph(nodes=["a"]))
    assert (diff.verdict, open_(diff)) == ("incomplete", [("family", "copy_{t}")])


def test_a_chain_inside_a_family_is_not_compared():
    airflow = graph(nodes=["copy_{t}"], facts={"copy_{t}": NodeFacts(0, family=True)})
    diff = compare_graphs(airflow, graph(("copy_a", "copy_b")))
    assert ("edge", "copy_{t}") in open_(diff)
    assert diff.verdict == "incomplete"


def test_an_edge_to_nowhere_is_refused():
    with pytest.raises(ValueError, match="not in the graph: b"):
        ExecutionGraph({"a": PLAIN}, frozenset({("a", "b")}))


def test_the_text_and_the_json_say_the_same():
    diff = compare_graphs(graph(("a", "b")), graph(nodes=["a", "b", "c"]))
    assert diff_text(diff).splitlines()[:2] == ["+ node c", "- edge a -> b"]
    assert diff_json(diff)["verdict"] == "different"
    assert diff_json(diff)["differences"][1] == {
        "kind": "edge",
        "subject": "a -> b",
        "airflow": "present",
        "flow": None,
    }


def test_a_graph_is_shown_a_task_a_line():
    assert graph_text(graph(("a", "b"), ("a", "c"))) == "a -> b, c\nb\nc"
