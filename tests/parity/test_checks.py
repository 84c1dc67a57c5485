"""Every check: it says equal, it says different, it says that it could not be made."""

from __future__ import annotations

import pytest
from dagferry.parity.check import Files
from dagferry.parity.compare import compare_runs, settle, verdict
from dagferry.parity.manifest import TaskFacts
from dagferry.parity.trace import Trace
from parity_build import callback, check, comparison, dag_task, document, flow_task, never, run

MANUAL = TaskFacts("m", grade="manual")


def dag(*tasks, **changes):
    return document("airflow", list(tasks), **changes)


def flow(*tasks, **changes):
    return document("prefect", list(tasks), **changes)


# 1 run state


def test_run_state():
    failed = [dag_task("a", outcome="failed")], [flow_task("a", outcome="failed")]
    good = check(
        "run-state", dag(*failed[0], run=run("failed")), flow(*failed[1], run=run("failed"))
    )
    assert good.verdict == "equal"
    bad = check("run-state", dag(*failed[0], run=run("failed")), flow(*failed[1]))
    assert (bad.verdict, bad.airflow, bad.flow) == (
        "different",
        {"run": "failed"},
        {"run": "success"},
    )


def test_run_state_says_why_the_one_side_failed():
    failed = {"state": "failed", "reason": "AttributeError: x"}
    found = check("run-state", dag(dag_task("a")), flow(flow_task("a"), run=failed))
    assert "failed in the flow: AttributeError: x" in found.detail


@pytest.mark.parametrize("state", ["incomplete", "not-run"])
def test_run_state_of_a_run_without_an_end_is_not_checked(state):
    found = check("run-state", dag(dag_task("a")), flow(flow_task("a"), run=run(state)))
    assert (found.verdict, found.vacuous) == ("not-checked", False)


def test_run_state_with_a_stub_is_not_checked():
    found = check("run-state", dag(dag_task("m")), flow(run=run("failed")), MANUAL)
    assert found.verdict == "not-checked"


# 2 outcomes


@pytest.mark.parametrize(
    ("airflow", "prefect", "expected"),
    [
        ("success", "success", "equal"),
        ("failed", "failed", "equal"),
        ("skipped", "skipped", "equal"),
        ("upstream_failed", "upstream_failed", "equal"),
        ("success", "failed", "different"),
        ("failed", "success", "different"),
        ("skipped", "success", "different"),
        ("success", "skipped", "different"),
        ("upstream_failed", "skipped", "different"),
        ("failed", "upstream_failed", "different"),
        ("success", "none", "different"),
        ("removed", "removed", "different"),
    ],
)
def test_outcomes(airflow, prefect, expected):
    found = check(
        "outcomes",
        [dag_task("a"), dag_task("b", outcome=airflow)],
        [flow_task("a"), flow_task("b", outcome=prefect)],
    )
    assert found.verdict == expected


@pytest.mark.parametrize(
    ("outcome", "state", "expected"),
    [
        ("skipped", "success", "equal"),
        ("removed", "success", "equal"),
        ("upstream_failed", "failed", "equal"),
        ("upstream_failed", "success", "different"),
        ("success", "failed", "different"),
        ("failed", "failed", "different"),
    ],
)
def test_outcomes_of_what_the_flow_never_called(outcome, state, expected):
    found = check(
        "outcomes",
        dag(dag_task("a"), never("b", outcome), run=run(state)),
        flow(flow_task("a"), run=run(state)),
    )
    assert found.verdict == expected
    assert (("not called", "b") in found.leniencies) is (expected == "equal")


def test_outcomes_with_a_run_that_is_nobodys():
    found = check("outcomes", [dag_task("a")], [flow_task("a"), flow_task("z")])
    assert (found.verdict, found.flow) == ("different", {"z": "success"})


def test_outcomes_with_a_task_that_ran_twice():
    found = check("outcomes", [dag_task("a")], [flow_task("a"), flow_task("a")])
    assert (found.verdict, found.flow) == ("different", {"a (again)": "success"})


def test_outcomes_with_a_stub_are_not_checked_but_differences_show():
    tasks = [dag_task("m"), dag_task("a")]
    assert (
        check("outcomes", tasks, [flow_task("m"), flow_task("a")], MANUAL).verdict == "not-checked"
    )
    bad = [flow_task("m"), flow_task("a", outcome="failed")]
    assert check("outcomes", tasks, bad, MANUAL).verdict == "different"


# 3 XComs


def returned(value):
    return {"result": {"value": value}}


@pytest.mark.parametrize(
    ("xcoms", "run_", "where", "expected"),
    [
        ({"return_value": [1]}, returned([1]), {}, "equal"),
        ({"return_value": [1]}, returned([1.0]), {}, "different"),
        ({"return_value": [1]}, returned(None), {}, "different"),
        ({"return_value": [1]}, {"result": None}, {}, "different"),
        ({}, returned([1]), {}, "different"),
        ({"data": [1]}, returned([1]), {"data": []}, "equal"),
        ({"data": [1]}, returned([2]), {"data": []}, "different"),
        ({"data": [1]}, returned([1]), {}, "different"),
        ({"a": 1, "b": 2}, returned({"a": 1, "b": 2}), {"a": ["a"], "b": ["b"]}, "equal"),
        ({"a": 1, "b": 2}, returned({"a": 2, "b": 1}), {"a": ["a"], "b": ["b"]}, "different"),
        ({"a": 1}, returned({"a": 1, "c": 3}), {"a": ["a"]}, "different"),
        ({"a": 1}, returned({"a": 1, "b": 2}), {"a": ["a"], "b": ["b"]}, "different"),
        ({"a": 1}, returned({"a": 1, "b": None}), {"a": ["a"], "b": ["b"]}, "equal"),
        ({"a": 1, "return_value": 2}, returned([1, 2]), {"a": [0], "return_value": [1]}, "equal"),
        ({"a": 1}, {"xcoms": {"a": 1}}, {}, "equal"),
        ({"a": 1}, {"xcoms": {"a": 2}}, {}, "different"),
        ({"a": 1}, {"xcoms": {"a": 1, "b": 2}}, {}, "different"),
        (
            {"return_value": {"k": 1}, "k": 1},
            returned({"k": 1}),
            {"return_value": [], "*": []},
            "equal",
        ),
        (
            {"return_value": {"k": 1}, "k": 2},
            returned({"k": 1}),
            {"return_value": [], "*": []},
            "different",
        ),
        (
            {"return_value": {"k": 1}},
            returned({"k": 1}),
            {"return_value": [], "*": []},
            "different",
        ),
        ({"return_value": {}, "k": 1}, returned({}), {"return_value": [], "*": []}, "different"),
        ({"a": 1}, {}, {}, "different"),
    ],
)
def test_xcoms(xcoms, run_, where, expected):
    facts = TaskFacts("a", xcoms=where)
    found = check("xcoms", [dag_task("a", xcoms=xcoms)], [flow_task("a", **run_)], facts)
    assert found.verdict == expected


@pytest.mark.parametrize("xcoms", [{}, {"a": None}, {"skipmixin_key": {"followed": ["b"]}}])
def test_xcoms_that_are_absent_on_both_sides_prove_nothing(xcoms):
    found = check("xcoms", [dag_task("a", xcoms=xcoms)], [flow_task("a")])
    assert (found.verdict, found.vacuous) == ("not-checked", True)


def test_xcoms_that_cannot_be_compared_are_not_checked():
    opaque = {"$type": "opaque", "name": "Frame"}
    found = check(
        "xcoms",
        [dag_task("a", xcoms={"return_value": opaque})],
        [flow_task("a", **returned(opaque))],
    )
    assert (found.verdict, found.vacuous) == ("not-checked", False)
    assert "a.return_value: values of Frame cannot be compared" in found.detail


def test_xcoms_of_a_task_that_was_never_called_are_missed():
    found = check("xcoms", [dag_task("a", xcoms={"return_value": 1})], [])
    assert found.verdict == "different"


def test_xcoms_of_a_branch_are_not_stored_by_airflow_3():
    task = dag_task("a", xcoms={"skipmixin_key": {"followed": ["b"]}})
    engine = {"name": "test", "emulates": "airflow 3"}
    three = check("xcoms", dag(task, engine=engine), [flow_task("a", **returned("b"))])
    assert (three.verdict, three.leniencies) == (
        "equal",
        (("airflow 3 branch", "a.return_value"), ("internal xcom", "a.skipmixin_key")),
    )
    assert check("xcoms", [task], [flow_task("a", **returned("b"))]).verdict == "different"


# 4 rendered fields


@pytest.mark.parametrize(
    ("rendered", "parameters", "where", "expected"),
    [
        ({"sql": "x"}, {"sql": "x"}, {"sql": "sql"}, "equal"),
        ({"sql": "x"}, {"sql": "y"}, {"sql": "sql"}, "different"),
        ({"sql": "x"}, {"query": "x"}, {"sql": "sql"}, "different"),
        ({"sql": "x"}, {"query": "x"}, {"sql": "query"}, "equal"),
        ({"sql": "x"}, {"sql": "x"}, {}, "not-checked"),
        ({"sql": "x"}, {"sql": "x"}, {"sql": None}, "not-checked"),
        ({"env": None, "sql": "x"}, {"sql": "x"}, {"sql": "sql"}, "equal"),
        ({"env": None}, {"env": {"A": "1"}}, {"env": "env"}, "different"),
        ({"op_kwargs": {"n": 1}}, {"n": 1, "data": 5}, {"op_kwargs": None}, "equal"),
        ({"op_kwargs": {"n": 1}}, {"n": 2}, {"op_kwargs": None}, "different"),
        ({"op_kwargs": {"n": 1}}, {}, {"op_kwargs": None}, "different"),
        ({"op_kwargs": {"n": 1, "m": 2}}, {"n": 2, "m": 1}, {"op_kwargs": None}, "different"),
        ({"op_args": [1, 2]}, {"a": 1, "b": 2, "c": 3}, {"op_args": None}, "equal"),
        ({"op_args": [1, 2]}, {"a": 2, "b": 1}, {"op_args": None}, "different"),
        ({"op_args": [1, 2]}, {"a": 1}, {"op_args": None}, "different"),
        ({"op_args": [1, 2, 3]}, {"a": 1, "rest": [2, 3]}, {"op_args": None}, "equal"),
        ({"op_args": [1, 2, 3]}, {"a": 1, "rest": [3, 2]}, {"op_args": None}, "different"),
        ({"op_args": [[1, 2]]}, {"rows": [1, 2]}, {"op_args": None}, "equal"),
    ],
)
def test_rendered_fields(rendered, parameters, where, expected):
    found = check(
        "rendered",
        [dag_task("a", rendered=rendered)],
        [flow_task("a", parameters=parameters)],
        TaskFacts("a", rendered=where),
    )
    assert (found.verdict, found.vacuous) == (expected, False)


def test_rendered_fields_that_are_empty_prove_nothing():
    task = dag_task("a", rendered={"op_args": [], "op_kwargs": {}})
    assert check("rendered", [task], [flow_task("a")]).vacuous


# 5 order


def chain(*flow_tasks, rule="all_success"):
    tasks = [dag_task("a"), dag_task("b", upstream=["a"], options={"trigger_rule": rule})]
    return check("order", tasks, list(flow_tasks))


@pytest.mark.parametrize("second", [{"upstream": [0]}, {"after": [0]}])
def test_order_that_is_forced_is_equal(second):
    assert chain(flow_task("a"), flow_task("b", **second)).verdict == "equal"


def test_order_by_luck_is_different():
    found = chain(flow_task("a"), flow_task("b"))
    assert (found.verdict, found.flow) == ("different", {"a -> b": "not forced"})


def test_order_the_wrong_way_round_is_different():
    assert chain(flow_task("b"), flow_task("a", upstream=[0])).verdict == "different"


def test_order_that_was_declared_and_not_kept_is_different():
    first = flow_task("a", started=0, ended=5)
    found = chain(first, flow_task("b", upstream=[0], started=3, ended=9))
    assert found.flow == {"a -> b": "starts before the other has ended"}


def test_order_after_a_run_that_never_ended_is_different():
    first = flow_task("a", started=0, ended=None)
    assert chain(first, flow_task("b", upstream=[0], started=3, ended=9)).verdict == "different"


def test_order_holds_through_other_tasks():
    tasks = [dag_task("a"), dag_task("b"), dag_task("c", upstream=["a"])]
    runs = [flow_task("a"), flow_task("b", upstream=[0]), flow_task("c", after=[1])]
    assert check("order", tasks, runs).verdict == "equal"


def test_order_is_followed_through_tasks_that_were_not_called():
    tasks = [dag_task("a"), never("b", upstream=["a"]), dag_task("c", upstream=["b"])]
    kept = check("order", tasks, [flow_task("a"), flow_task("c", after=[0])])
    lost = check("order", tasks, [flow_task("a"), flow_task("c")])
    assert (kept.verdict, lost.verdict, lost.flow) == (
        "equal",
        "different",
        {"a -> c": "not forced"},
    )


def decided_early(rule, after, outcome="skipped", first="success"):
    """`c` comes after `b`, which never ran, under a rule that `quick` or `slow` decided."""
    failed = "failed" if first == "failed" else "success"
    tasks = [
        dag_task("quick", outcome=failed),
        dag_task("slow"),
        never("b", outcome, upstream=["quick", "slow"], options={"trigger_rule": rule}),
        dag_task("c", upstream=["b"], options={"trigger_rule": "all_done"}),
    ]
    runs = [flow_task("quick"), flow_task("slow"), flow_task("c", upstream=after)]
    return check("order", tasks, runs)


@pytest.mark.parametrize("after", [[0], [1]])
def test_order_after_a_task_never_called_needs_one_that_decided_so(after):
    found = decided_early("all_skipped", after)
    assert (found.verdict, [name for name, _ in found.leniencies]) == ("equal", ["decided early"])


def test_order_after_a_task_never_called_needs_what_decided_so():
    assert decided_early("all_skipped", []).verdict == "different"
    assert decided_early("all_success", [1], "upstream_failed", "failed").flow == {
        "quick -> c": "not forced"
    }


def test_order_after_a_task_never_called_needs_all_where_all_had_to_end():
    assert decided_early("one_failed", [0]).flow == {"slow -> c": "not forced"}
    assert decided_early("all_success", [0]).flow == {"slow -> c": "not forced"}


def test_order_after_a_task_never_called_does_not_need_what_decided_nothing():
    assert decided_early("all_success", [0], "upstream_failed", "failed").verdict == "equal"


def test_order_needs_one_upstream_for_a_rule_that_fires_early():
    tasks = [
        dag_task("a"),
        dag_task("b"),
        dag_task("c", upstream=["a", "b"], options={"trigger_rule": "one_success"}),
    ]
    one = check("order", tasks, [flow_task("a"), flow_task("b"), flow_task("c", upstream=[1])])
    none = check("order", tasks, [flow_task("a"), flow_task("b"), flow_task("c")])
    assert (one.verdict, one.leniencies) == ("equal", (("any upstream", "a, b -> c"),))
    assert none.verdict == "different"


def test_order_is_not_asked_of_a_rule_that_waits_for_nothing():
    found = chain(flow_task("a"), flow_task("b"), rule="always")
    assert (found.verdict, found.vacuous) == ("not-checked", True)


def mapped(names, flow_tasks):
    up, down = names
    tasks = [dag_task(up, map_index=i) for i in (0, 1)]
    tasks += [dag_task(down, map_index=i, upstream=[up]) for i in (0, 1)]
    return check("order", tasks, flow_tasks)


@pytest.mark.parametrize(
    ("names", "expected"), [(("a", "b"), "different"), (("g.a", "g.b"), "equal")]
)
def test_order_turn_by_turn_is_enough_only_inside_a_group(names, expected):
    up, down = names
    runs = [
        flow_task(up, map_index=0),
        flow_task(up, map_index=1),
        flow_task(down, map_index=0, upstream=[0]),
        flow_task(down, map_index=1, upstream=[1]),
    ]
    assert mapped(names, runs).verdict == expected


def test_order_of_mapped_runs_holds_for_each():
    runs = [flow_task("a", map_index=i) for i in (0, 1)]
    good = [flow_task("b", map_index=i, upstream=[0, 1]) for i in (0, 1)]
    bad = [good[0], flow_task("b", map_index=1, upstream=[0])]
    assert mapped(("a", "b"), runs + good).verdict == "equal"
    assert mapped(("a", "b"), runs + bad).verdict == "different"


def test_order_of_a_single_task_proves_nothing():
    assert check("order", [dag_task("a")], [flow_task("a")]).vacuous


# 6 tries


@pytest.mark.parametrize(
    ("airflow", "prefect", "expected"),
    [
        ({}, {}, "equal"),
        ({"tries": 2}, {"tries": 1}, "different"),
        ({"tries": 0}, {"tries": 1}, "different"),
        ({"tries": 2, "delays": [30]}, {"tries": 2, "delays": [30.0]}, "equal"),
        ({"tries": 2, "delays": [30]}, {"tries": 2, "delays": [31]}, "different"),
        ({"tries": 2, "delays": [30]}, {"tries": 2, "delays": []}, "different"),
        ({"options": {"retries": 2}}, {"options": {"retries": 0}}, "different"),
        ({"options": {"retries": 0}}, {"options": {"retries": 1}}, "different"),
        ({"options": {"timeout": 60}}, {"options": {"timeout": 60.0}}, "equal"),
        ({"options": {"timeout": 60}}, {"options": {"timeout": 600}}, "different"),
        ({"options": {"timeout": 60}}, {"options": {"timeout": None}}, "different"),
        ({"options": {"retry_delay": 5}}, {"options": {"retry_delay": 0}}, "equal"),
        (
            {"options": {"retries": 2, "retry_delay": 5}},
            {"options": {"retries": 2, "retry_delay": [5, 5]}},
            "equal",
        ),
        (
            {"options": {"retries": 3, "retry_delay": [1, 2, 4]}},
            {"options": {"retries": 3, "retry_delay": [1, 2]}},
            "different",
        ),
        (
            {"options": {"retries": 2, "retry_delay": 5}},
            {"options": {"retries": 2, "retry_delay": None}},
            "different",
        ),
    ],
)
def test_tries(airflow, prefect, expected):
    assert (
        check("tries", [dag_task("a", **airflow)], [flow_task("a", **prefect)]).verdict == expected
    )


def test_tries_of_options_that_a_trace_leaves_out_are_not_checked():
    bare = {**flow_task("a"), "options": {}}
    assert check("tries", [dag_task("a")], [bare]).verdict == "not-checked"


def test_tries_of_a_body_that_ran_and_was_never_called_in_the_flow():
    skipped = dag_task("a", outcome="skipped", tries=1)
    found = check("tries", [skipped, dag_task("b")], [flow_task("b")])
    assert (found.verdict, found.airflow) == ("different", {"a.tries": 1})


@pytest.mark.parametrize(
    ("instance", "run_", "expected"),
    [
        ({"tries": 0}, {"tries": 1, "state": "Skipped"}, "equal"),
        ({"tries": 0}, {"tries": 1, "state": "Completed"}, "different"),
        ({"tries": 0}, {"tries": 2, "state": "Skipped"}, "different"),
        ({"tries": 1}, {"tries": 0, "state": "Skipped"}, "different"),
        ({"tries": 1}, {"tries": 1, "state": "Skipped"}, "equal"),
        ({"tries": 1}, {"tries": 1, "state": "Skipped", "options": {"retries": 2}}, "different"),
    ],
)
def test_tries_of_a_stand_in_for_what_was_skipped(instance, run_, expected):
    skipped = dag_task("b", outcome="skipped", **instance)
    tasks = [flow_task("a"), flow_task("b", outcome="skipped", **run_)]
    assert check("tries", [dag_task("a"), skipped], tasks).verdict == expected


def test_effects_of_a_stand_in_are_compared():
    tasks = [flow_task("a"), flow_task("b", outcome="skipped", state="Skipped", prints=["x"])]
    assert check("effects", [dag_task("a"), never("b")], tasks).verdict == "different"


# 7 effects


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ({"out": "1"}, {"out": "1"}, "equal"),
        ({"out": "1"}, {"out": "2"}, "different"),
        ({"out": "1"}, {}, "different"),
        ({}, {"out": "1"}, "different"),
        ({"in": None}, {"in": None}, "equal"),
        ({"in": None}, {}, "different"),
    ],
)
def test_effects_on_files(left, right, expected):
    files = Files(left, right)
    assert check("effects", [dag_task("a")], [flow_task("a")], files=files).verdict == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (["x", "y"], ["x", "y"], "equal"),
        (["x", "y"], ["y", "x"], "different"),
        (["x", "y"], ["x"], "different"),
        (["x"], [], "different"),
        ([], ["x"], "different"),
    ],
)
def test_effects_in_print(left, right, expected):
    tasks = [dag_task("a", prints=left)], [flow_task("a", prints=right)]
    assert check("effects", *tasks).verdict == expected


def test_effects_of_a_body_that_was_never_called():
    task = dag_task("a", outcome="skipped", prints=["x"])
    assert check("effects", [task, dag_task("b")], [flow_task("b")]).verdict == "different"


def test_effects_that_are_none_prove_nothing():
    assert check("effects", [dag_task("a")], [flow_task("a")]).vacuous


def test_effects_on_files_with_a_stub_are_not_checked():
    files = Files({"out": "1"}, {})
    assert check("effects", [dag_task("m")], [], MANUAL, files=files).verdict == "not-checked"


def test_effects_that_the_dag_does_not_repeat_are_not_checked():
    first = comparison([dag_task("a", prints=["12:00"])], [flow_task("a", prints=["12:02"])])
    again = Trace.from_json(document("airflow", [dag_task("a", prints=["12:01"])]))
    found = {one.check: one for one in compare_runs(settle(first, again, Files()))}["effects"]
    assert found.verdict == "not-checked"
    assert "not reproducible" in found.detail


def test_effects_that_the_dag_repeats_stay_different():
    first = comparison([dag_task("a", prints=["12:00"])], [flow_task("a", prints=["12:02"])])
    again = Trace.from_json(document("airflow", [dag_task("a", prints=["12:00"])]))
    checks = compare_runs(settle(first, again, Files()))
    assert verdict(checks) == "different"


def test_effects_that_the_flow_lacks_are_different_even_when_nothing_repeats():
    files = Files({"out": "1"}, {})
    first = comparison([dag_task("a")], [flow_task("a")], files=files)
    again = Trace.from_json(document("airflow", [dag_task("a")]))
    checks = compare_runs(settle(first, again, Files({"out": "1"}, {"out": "2"})))
    assert verdict(checks) == "different"


# 8 outside calls


def test_outside_calls():
    call = [["HttpHook", "run", {"endpoint": "/a"}]]
    other = [["HttpHook", "run", {"endpoint": "/b"}]]
    task = dag_task("a", calls=call)
    assert check("calls", [task], [flow_task("a", calls=call)]).verdict == "equal"
    assert check("calls", [task], [flow_task("a", calls=other)]).verdict == "different"
    assert check("calls", [task], [flow_task("a")]).verdict == "different"
    assert check("calls", [dag_task("a")], [flow_task("a", calls=call)]).verdict == "different"
    assert check("calls", [dag_task("a")], [flow_task("a")]).vacuous


# 9 callbacks


def fired(left, right, **states):
    return check(
        "callbacks",
        dag(dag_task("a"), dag_task("b"), callbacks=left),
        flow(flow_task("a"), flow_task("b"), callbacks=right, **states),
    )


ONE = callback("on_failure", "notify", "a")
TWO = callback("on_failure", "log", "a")
RUN = callback("on_success", "done")


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ([ONE], [ONE], "equal"),
        ([ONE], [], "different"),
        ([], [ONE], "different"),
        ([ONE], [ONE, ONE], "different"),
        ([ONE], [TWO], "different"),
        ([ONE, TWO], [TWO, ONE], "different"),
        ([ONE], [callback("on_failure", "notify", "b")], "different"),
        ([ONE], [callback("on_failure", "notify")], "different"),
        ([RUN], [callback("on_completion", "done")], "equal"),
        ([RUN], [callback("on_failure", "done")], "different"),
        ([ONE, RUN], [RUN, ONE], "equal"),
    ],
)
def test_callbacks(left, right, expected):
    assert fired(left, right).verdict == expected


def test_callbacks_that_nobody_declared_prove_nothing():
    assert fired([], []).vacuous


def test_callbacks_of_a_run_that_was_cut_short_are_not_checked():
    assert fired([ONE, RUN], [ONE], run=run("incomplete")).verdict == "not-checked"


def test_callbacks_of_mapped_runs_without_numbers_are_compared_per_task():
    tasks = [dag_task("a", map_index=i) for i in (0, 1)]
    left = dag(*tasks, callbacks=[callback("on_failure", "notify", "a", i) for i in (0, 1)])
    runs = [flow_task("a", map_index=i) for i in (0, 1)]
    good = check("callbacks", left, flow(*runs, callbacks=[ONE, ONE]))
    assert (good.verdict, good.leniencies) == ("equal", (("unnumbered callbacks", "a"),))
    assert check("callbacks", left, flow(*runs, callbacks=[ONE])).verdict == "different"


# the verdict


def test_a_run_with_nothing_but_outcomes_is_equal():
    checks = compare_runs(comparison([dag_task("a")], [flow_task("a")]))
    assert verdict(checks) == "equal"
    assert [one.verdict for one in checks].count("equal") == 4  # run state, names, outcomes, tries


def test_a_run_without_task_instances_is_never_equal():
    checks = compare_runs(comparison([], []))
    assert (verdict(checks), {one.verdict for one in checks}) == ("incomplete", {"not-checked"})


def test_a_run_in_which_nothing_ran_is_never_equal():
    checks = compare_runs(comparison([never("a")], []))
    assert verdict(checks) == "incomplete"
    assert "equal" not in {one.verdict for one in checks}


@pytest.mark.parametrize("state", ["incomplete", "not-run"])
def test_a_run_without_an_end_is_never_equal(state):
    checks = compare_runs(comparison([dag_task("a")], flow(flow_task("a"), run=run(state))))
    assert verdict(checks) == "incomplete"
    assert "equal" not in {one.verdict for one in checks}


def test_a_stub_makes_the_verdict_incomplete():
    checks = compare_runs(
        comparison([dag_task("m"), dag_task("a")], [flow_task("m"), flow_task("a")], MANUAL)
    )
    assert verdict(checks) == "incomplete"


def test_a_difference_outweighs_a_stub():
    checks = compare_runs(
        comparison([dag_task("m"), dag_task("a", prints=["x"])], [flow_task("a")], MANUAL)
    )
    assert verdict(checks) == "different"
