from __future__ import annotations

import pytest
from dagferry.parity import Trace, TraceError
from parity_build import dag_task, document, flow_task


def test_a_trace_is_read_whole():
    trace = Trace.from_json(document("airflow", [dag_task("a"), dag_task("b", upstream=["a"])]))
    assert (trace.side, trace.run_state, trace.start_date) == ("airflow", "success", None)
    assert trace.tasks[1].upstream_ids == ("a",)
    assert trace.tasks[1].upstream == ()


def test_positions_are_the_flow_sides_upstream():
    trace = Trace.from_json(document("prefect", [flow_task("a"), flow_task("b", upstream=[0])]))
    assert trace.tasks[1].upstream == (0,)
    assert trace.tasks[1].upstream_ids == ()


def test_a_body_that_returned_null_is_not_one_that_did_not_return():
    trace = Trace.from_json(document("prefect", [flow_task("a"), flow_task("b", result=None)]))
    assert trace.tasks[0].result is not None
    assert trace.tasks[1].result is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": 2}, r"trace\.version: expected 1, found 2"),
        ({"side": "dagster"}, r"trace\.side: expected one of airflow, prefect, found 'dagster'"),
        ({"run": {"state": "done"}}, r"trace\.run\.state: expected one of .*found 'done'"),
        ({"tasks": {}}, r"trace\.tasks: expected list, found dict"),
        ({"tasks": [flow_task("a", outcome="ok")]}, r"tasks\[0\]\.outcome: expected one of"),
        ({"tasks": [flow_task("a", tries="1")]}, r"tasks\[0\]\.tries: expected int, found str"),
        ({"tasks": [flow_task("a", tries=True)]}, r"tasks\[0\]\.tries: expected int, found bool"),
        ({"tasks": [flow_task("a", after=[0])]}, r"tasks\[0\]: refers to run 0"),
        ({"tasks": [flow_task("a", upstream=["b"])]}, r"tasks\[0\]\.upstream\[0\]: expected int"),
        ({"tasks": [flow_task("a", result={})]}, r"tasks\[0\]\.result: expected"),
        ({"tasks": [flow_task("a", prints=[1])]}, r"tasks\[0\]\.prints\[0\]: expected str"),
        ({"tasks": [{"task_id": "a"}]}, r"tasks\[0\]: 'upstream' is missing"),
        ({"callbacks": [{"scope": "all"}]}, r"callbacks\[0\]\.scope: expected one of"),
    ],
)
def test_a_document_of_another_shape_is_refused_with_its_place(change, message):
    with pytest.raises(TraceError, match=message):
        Trace.from_json({**document("prefect", []), **change})


def test_what_is_no_object_is_refused():
    with pytest.raises(TraceError, match="expected an object, found list"):
        Trace.from_json([])
