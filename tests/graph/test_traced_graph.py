from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dagferry.graph import compare_graphs, traced_graph, uncalled


@dataclass(frozen=True)
class Task:
    task_id: str
    upstream: tuple[int, ...] = ()
    after: tuple[int, ...] = ()
    map_index: int = -1
    outcome: str = "success"
    upstream_ids: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    tasks: tuple[Task, ...]
    side: str = "prefect"
    run_state: str = "success"


def flow(*tasks, **kwargs):
    return traced_graph(Run(tasks, **kwargs))


def airflow(*tasks, **kwargs):
    return traced_graph(Run(tasks, side="airflow", **kwargs))


def test_futures_make_edges_and_plain_calls_make_order():
    graph = flow(Task("a"), Task("b", upstream=(0,)), Task("c", after=(1,)))
    assert graph.edges == {("a", "b")}
    assert graph.forced == {("a", "b"), ("a", "c"), ("b", "c")}


def test_order_that_only_some_runs_keep_is_not_forced():
    graph = flow(Task("a"), Task("a"), Task("b", after=(0,)), Task("b", after=(0, 1)))
    assert ("a", "b") not in graph.forced


def test_turns_of_a_mapped_group_wait_for_their_own_turn():
    graph = flow(Task("g.a"), Task("g.a"), Task("g.b", after=(0,)), Task("g.b", after=(1,)))
    assert ("g.a", "g.b") in graph.forced


def test_airflow_edges_are_ids_and_mapped_instances_are_one_node():
    graph = airflow(
        Task("a"),
        Task("b", map_index=0, upstream_ids=("a",)),
        Task("b", map_index=1, upstream_ids=("a",)),
    )
    assert graph.edges == {("a", "b")}
    assert graph.nodes["b"].mapped is True
    assert graph.nodes["a"].mapped is False


def test_a_graph_that_did_not_run_does_not_know_about_mapping():
    assert airflow(Task("a"), run_state="not-run").nodes["a"].mapped is None


def test_options_become_facts():
    options = {"retries": 2, "retry_delay": [1, 2], "timeout": None, "trigger_rule": "all_done"}
    facts = airflow(Task("a", options=options)).nodes["a"]
    assert (facts.retries, facts.retry_delay, facts.timeout) == (2, (1.0, 2.0), 0)
    assert facts.trigger_rule == "all_done"


def test_options_that_are_not_recorded_are_unknown():
    assert airflow(Task("a")).nodes["a"].timeout is None


def test_a_flow_that_did_not_end_is_not_known_in_full():
    assert flow(Task("a"), run_state="incomplete").exact is False
    assert flow(Task("a"), run_state="failed").exact is True


def test_what_the_run_left_out_is_listed():
    run = Run((Task("a"), Task("b", outcome="skipped"), Task("c", outcome="none")), side="airflow")
    assert uncalled(run) == {"b"}


def test_both_sides_of_one_run_are_equal():
    options = {"retries": 0, "retry_delay": 300, "timeout": None}
    left = airflow(
        Task("a", options={**options, "trigger_rule": "all_success"}),
        Task("b", upstream_ids=("a",), options={**options, "trigger_rule": "all_success"}),
    )
    right = flow(Task("a", options=options), Task("b", upstream=(0,), options=options))
    assert compare_graphs(left, right).verdict == "equal"
