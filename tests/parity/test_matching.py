from __future__ import annotations

from dagferry.parity.manifest import TaskFacts
from parity_build import comparison, dag_task, document, flow_task, never, run


def matched(dag, flow, *facts):
    found = comparison(dag, flow, *facts).matched
    pairs = [(one.label, one.flow.position if one.flow else None) for one in found.pairs]
    return pairs, [one.position for one in found.extra]


def test_runs_are_matched_by_name():
    assert matched([dag_task("a"), dag_task("b")], [flow_task("b"), flow_task("a")]) == (
        [("a", 1), ("b", 0)],
        [],
    )


def test_mapped_runs_are_matched_by_index():
    dag = [dag_task("a", map_index=0), dag_task("a", map_index=1)]
    flow = [flow_task("a", map_index=1), flow_task("a", map_index=0)]
    assert matched(dag, flow) == ([("a[0]", 1), ("a[1]", 0)], [])


def test_runs_without_an_index_are_numbered_in_the_order_of_creation():
    dag = [dag_task("a", map_index=0), dag_task("a", map_index=1)]
    assert matched(dag, [flow_task("a"), flow_task("a")]) == ([("a[0]", 0), ("a[1]", 1)], [])


def test_one_run_may_be_the_only_mapped_instance():
    assert matched([dag_task("a", map_index=0)], [flow_task("a")]) == ([("a[0]", 0)], [])


def test_a_second_run_of_a_task_that_ran_once_is_extra():
    assert matched([dag_task("a")], [flow_task("a"), flow_task("a")]) == ([("a", 0)], [1])


def test_a_mapped_run_of_a_task_that_is_not_mapped_is_extra():
    dag, flow = [dag_task("a")], [flow_task("a", map_index=0), flow_task("a", map_index=1)]
    assert matched(dag, flow) == ([("a", None)], [0, 1])


def test_a_run_of_another_name_is_extra():
    assert matched([dag_task("a")], [flow_task("z")]) == ([("a", None)], [0])


def test_facts_come_from_the_task_then_from_its_family():
    facts = (
        TaskFacts("copy_{t}", family=True, grade="adapted"),
        TaskFacts("copy_b", grade="bridged"),
    )
    pairs = comparison([dag_task("copy_a"), dag_task("copy_b"), dag_task("c")], [], *facts)
    assert [pair.facts.grade for pair in pairs.matched.pairs] == ["adapted", "bridged", "native"]


def test_a_manual_task_and_what_waits_for_it_are_excused():
    dag = [
        dag_task("a"),
        dag_task("b", upstream=["a"]),
        dag_task("c", upstream=["b"]),
        dag_task("d"),
    ]
    pairs = comparison(dag, [], TaskFacts("b", grade="manual")).matched.pairs
    assert [bool(pair.excuse) for pair in pairs] == [False, True, True, False]


def test_what_a_manual_stub_kept_from_being_called_is_excused():
    dag = [dag_task("a"), dag_task("d")]
    flow = document("prefect", [flow_task("a", outcome="failed")], run=run("failed"))
    pairs = comparison(dag, flow, TaskFacts("a", grade="manual")).matched.pairs
    assert [bool(pair.excuse) for pair in pairs] == [True, True]


def test_a_flow_that_was_cut_short_excuses_what_it_did_not_reach():
    flow = document(
        "prefect", [flow_task("a"), flow_task("b", outcome="none")], run=run("incomplete")
    )
    pairs = comparison([dag_task("a"), dag_task("b"), never("c")], flow).matched.pairs
    assert [bool(pair.excuse) for pair in pairs] == [False, True, True]


def test_an_instance_without_an_outcome_is_excused():
    pairs = comparison([dag_task("a", outcome="none")], [flow_task("a")]).matched.pairs
    assert pairs[0].excuse == "the DAG run left it without an outcome"
