"""The helper's flows on real engines: every flow runs once per engine and session."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import write_helper
from on_flowlight import run_on_flowlight
from real_prefect import Job, run_on_prefect

FLOWS = Path(__file__).parent / "flows"
DATE = {"logical_date": "2024-01-31T00:00:00Z"}
FOLDER = {"folder": "."}

BARE = """
    asking pulling rescued lost all_well nothing_at_all early trying unmakeable shapes numbered one_worker
    ti_abroad telling_without_run wrong_uses branch_to_nowhere
"""
RUNS: dict[str, tuple[str, str, dict[str, Any]]] = {
    **{name: ("graphs.py", name, {}) for name in BARE.split()},
    **{name: ("plain.py", name, {}) for name in ("scheduled", "manual", "skipping", "variables")},
    "wrong_operators": ("wrong_operators.py", "wrong_operators", {}),
    "operators_inside": ("wrong_operators.py", "operators_inside", {}),
    "not_converted": ("wrong_operators.py", "not_converted", {}),
    "values": ("graphs.py", "values", DATE),
    "telling": ("graphs.py", "telling", DATE),
    "telling_3": ("graphs.py", "telling", {**DATE, "airflow": 3}),
    "telling_failed": ("graphs.py", "telling_of", {"works": False}),
    "telling_succeeded": ("graphs.py", "telling_of", {"works": True}),
    "branch_a": ("graphs.py", "branching", {"chosen": "a"}),
    "branch_both": ("graphs.py", "branching", {"chosen": ["b", "stubborn"]}),
    "branch_none": ("graphs.py", "branching", {}),
    "circuit_closed": ("graphs.py", "cutting", {"go": True, "ignore": True}),
    "circuit_open": ("graphs.py", "cutting", {"go": False, "ignore": True}),
    "circuit_open_rules": ("graphs.py", "cutting", {"go": False, "ignore": False}),
    "teardown_fails": ("graphs.py", "setups", {"setup_works": True, "teardown_works": False}),
    "setup_fails": ("graphs.py", "setups", {"setup_works": False, "teardown_works": True}),
    "long_chain": ("graphs.py", "long_chain", {"length": 300}),
    "dates": ("plain.py", "dates", {**DATE, "table": "orders"}),
    "shell": ("plain.py", "shell", FOLDER),
    "exit_codes": ("plain.py", "exit_codes", FOLDER),
    "timed_out": ("plain.py", "timed_out", FOLDER),
}


ENGINES = {"prefect": run_on_prefect, "flowlight": run_on_flowlight}


@pytest.fixture(
    scope="session",
    params=[pytest.param("prefect", marks=pytest.mark.prefect), "flowlight"],
)
def traces(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Any]]:
    """What every flow did on one engine, each in a working directory of its own."""
    source = tmp_path_factory.mktemp("flows")
    for file in FLOWS.glob("*.py"):
        shutil.copy(file, source)
    write_helper(source)
    folders = [tmp_path_factory.mktemp(name) for name in RUNS]
    jobs = [
        Job(source / file, flow, parameters, folder)
        for (file, flow, parameters), folder in zip(RUNS.values(), folders)
    ]
    found = ENGINES[request.param](jobs)
    return {name: {**trace, "folder": folder} for name, trace, folder in zip(RUNS, found, folders)}


@pytest.fixture
def ran(traces: dict[str, dict[str, Any]]) -> Callable[[str], Ran]:
    return lambda name: Ran(traces[name])


class Ran:
    """A trace, asked by task id."""

    def __init__(self, trace: dict[str, Any]) -> None:
        self.engine = trace["engine"]["name"]
        self.state = trace["run"]["state"]
        self.reason = trace["run"]["reason"]
        self.folder = trace["folder"]
        self.tasks = {entry["task_id"]: entry for entry in trace["tasks"]}
        assert len(self.tasks) == len(trace["tasks"]), "two task runs of one name"

    def all(self, key: str) -> dict[str, Any]:
        return {task_id: entry[key] for task_id, entry in self.tasks.items()}

    def result(self, task_id: str) -> Any:
        return self.tasks[task_id]["result"]["value"]

    def before(self, task_id: str) -> set[str]:
        ids = list(self.tasks)
        return {ids[place] for place in self.tasks[task_id]["upstream"]}


def test_nodes_give_their_values_to_arguments_templates_and_the_trace(ran):
    run = ran("values")
    assert run.tasks["pushes"]["xcoms"] == {"rows": 5}
    assert run.tasks["pushes"]["prints"][0].startswith("2024-01-31 t ['conf', 'conn', 'dag']")
    returned = {"left": 1, "right": [2]}
    assert run.result("nested") == {"a": [5, [1]], "b": {"c": returned}}
    assert run.result("absent") == [None, None, None]
    text = "2024-01-31 5 rendered manual__2024-01-31T00:00:00+00:00"
    assert run.result("rendered") == [text, [2]]
    assert run.result("kept") == "{{ ds }}"
    assert run.before("nested") == run.before("rendered") == {"pushes"}
    assert run.before("absent") == {"nothing", "skip", "fail"}


def test_a_pull_sees_what_has_run_and_nothing_else(ran):
    assert ran("pulling").result("pulls") == [1, [1], None]


def test_a_task_of_a_graph_can_ask_for_its_context(ran):
    run = ran("asking")
    assert run.result("asks_for_its_context") == ["asks_for_its_context", 1, True]
    assert run.result("other") == ["other", 2, True]


def test_leaves_decide_how_the_flow_ends(ran):
    assert ran("rescued").state == "success"
    assert ran("rescued").all("state") == {"fail": "Failed", "cleanup": "Completed"}
    assert ran("lost").state == "failed"
    assert ran("all_well").state == "success"
    assert ran("nothing_at_all").state == "success"


def test_every_node_is_one_task_run_under_its_name(ran):
    assert ran("lost").all("state") == {
        "fail": "Failed",
        "after": "NotReady",
        "last": "NotReady",
        "skip": "Skipped",
        "skipped_leaf": "Skipped",
    }
    assert ran("lost").all("tries") == {
        "fail": 1,
        "after": 0,
        "last": 0,
        "skip": 1,
        "skipped_leaf": 1,
    }
    assert ran("lost").before("last") == {"after"}


@pytest.mark.parametrize(
    ("name", "skipped"),
    [
        ("branch_a", {"b", "stubborn"}),
        ("branch_both", {"a", "direct"}),
        ("branch_none", {"a", "b", "direct", "stubborn", "join"}),
    ],
)
def test_a_branch_skips_what_it_does_not_follow(ran, name, skipped):
    outcomes = ran(name).all("outcome")
    assert {task_id for task_id, how in outcomes.items() if how == "skipped"} == skipped
    assert set(outcomes) == {"pick", "a", "b", "direct", "stubborn", "join"}
    assert ran(name).state == "success"


@pytest.mark.parametrize(
    ("name", "skipped"),
    [
        ("circuit_closed", set()),
        ("circuit_open", {"direct", "later"}),
        ("circuit_open_rules", {"direct"}),
    ],
)
def test_a_short_circuit_skips_what_follows_but_no_teardown(ran, name, skipped):
    outcomes = ran(name).all("outcome")
    assert {task_id for task_id, how in outcomes.items() if how == "skipped"} == skipped
    assert outcomes["removed"] == "success"


def test_a_teardown_does_not_decide_and_needs_its_setup(ran):
    assert ran("teardown_fails").state == "success"
    assert ran("teardown_fails").all("outcome")["remove"] == "failed"
    assert ran("setup_fails").state == "failed"
    assert ran("setup_fails").all("outcome") == {
        "make": "failed",
        "work": "upstream_failed",
        "remove": "upstream_failed",
    }


def test_one_success_one_failed_and_one_done_do_not_wait_for_the_rest(ran):
    run = ran("early")
    for rule in ("one_success", "one_failed", "one_done"):
        assert run.result(f"slow_{rule}") is True
        assert run.tasks[rule]["started"] < run.tasks[f"slow_{rule}"]["ended"]


def test_retries_of_the_task_are_kept(ran):
    run = ran("trying")
    assert run.all("tries") == {"flaky": 3, "final": 1, "never_again": 1}
    assert run.result("flaky") == 3
    assert run.tasks["flaky"]["prints"] == ["try 1", "try 2", "try 3"]
    assert run.tasks["flaky"]["xcoms"] == {"try_3": True}


def test_arguments_that_cannot_be_made_fail_the_task_as_often_as_it_is_tried(ran):
    run = ran("unmakeable")
    assert run.tasks["unready"]["error"] == "UndefinedError: 'unknown' is undefined"
    assert "too many positional arguments" in run.tasks["too_many"]["error"]
    assert run.tasks["own_ds"]["error"].startswith("ValueError: The key 'ds' in args")
    assert run.all("tries") == {"unready": 2, "too_many": 2, "own_ds": 1}
    assert said_in(run)[0].startswith("unready unmakeable 2 failed 20")


def said_in(run: Ran) -> list[str]:
    return (run.folder / "told.txt").read_text().splitlines()


def test_callbacks_get_airflows_context(ran):
    said = said_in(ran("telling"))
    message = "Task run encountered an exception ValueError: bad"
    assert f"loud told_dag 2 failed 2024-01-31 {message}" in said
    assert "why ValueError('bad') {'p': 1} manual__2024-01-31T00:00:00+00:00" in said
    assert said.count("too loud") == 1
    assert "given {{ kept }} -1" in said
    assert len(said) == 6


def test_callbacks_of_a_dag_get_the_context_of_a_task(ran):
    run = "{'p': 1} manual__2024-01-31T00:00:00+00:00"
    last = "fine told_dag 1 success 2024-01-31 task_failure"
    assert pairs_of(said_in(ran("telling")))[last] == f"why 'none' {run}"
    failed = "loud told_dag 2 failed 2024-01-31 task_failure"
    assert pairs_of(said_in(ran("telling_3")))[failed] == f"why 'none' {run}"
    assert said_in(ran("telling_failed"))[0] == "given as argument -1"
    assert said_in(ran("telling_failed"))[1].startswith("alone telling-of 1 failed 20")
    assert said_in(ran("telling_succeeded"))[0].startswith("telling-of telling-of 1 success 20")


def pairs_of(lines):
    """What a callback told first -> what it told next."""
    return dict(itertools.pairwise(lines))


def test_callbacks_without_an_airflow_run_get_what_prefect_knows(ran):
    said = said_in(ran("telling_without_run"))
    name = "telling-without-run"
    assert sum(line.startswith(f"alone {name} 1 failed 20") for line in said) == 1
    assert sum(line.startswith(f"{name} {name} 1 failed 20") for line in said) == 1
    assert len(said) == 4


def test_edges_can_be_drawn_in_every_way_that_airflow_has(ran):
    run = ran("shapes")
    edges = "a>b a>c b>d c>e d>f e>f g>i g>j h>i h>j i>k j>k f>k k>l a>l"
    found = {f"{up}>{task_id}" for task_id in run.tasks for up in run.before(task_id)}
    assert found == set(edges.split())


def test_taskflow_calls_are_numbered(ran):
    run = ran("numbered")
    assert set(run.tasks) == {"give", "give__1", "give__2"}
    assert run.result("give__2") == [1, 2]


def test_a_long_chain_passes_its_value_along(ran):
    run = ran("long_chain")
    assert len(run.tasks) == 300
    assert run.result("t299") == 299


def test_one_worker_is_enough(ran):
    run = ran("one_worker")
    assert run.state == "success"
    assert run.all("outcome") == {
        "left": "success",
        "right": "failed",
        "join": "success",
        "skip": "skipped",
        "after": "skipped",
    }


def test_ti_cannot_leave_its_process(ran):
    assert "cannot leave its process" in ran("ti_abroad").tasks["sends_ti_away"]["error"]


WRONG_USES = {
    "cycle": "DagCycleError: Cycle: a >> b >> c >> a",
    "twice": "DuplicateTaskIdFound: Task id 'give' has already been added",
    "no_graph": "RuntimeError: No TaskGraph is open",
    "too_late": "RuntimeError: 'give' comes too late: this TaskGraph has run",
    "not_a_task": "TypeError: A node needs a Prefect task, not <built-in function print>",
    "no_such_rule": "AirflowException: 'sometimes' is not a trigger rule",
    "two_graphs": "AirflowException: <Node a> and <Node b> are of different graphs",
    "iterated": "TypeError: 'CallNode' object is not iterable",
    "broken_block": "RuntimeError: while building",
    "unequal_chain": "AirflowException: Chain not supported for lists of different lengths",
}


def test_a_wrong_use_is_an_error_and_runs_nothing(ran):
    run = ran("wrong_uses")
    found = run.result("give")
    assert found.keys() == WRONG_USES.keys()
    wrong = {name: text for name, text in found.items() if not text.startswith(WRONG_USES[name])}
    assert wrong == {}
    assert set(run.tasks) == {"give"}


def test_a_branch_to_nowhere_fails(ran):
    run = ran("branch_to_nowhere")
    assert run.state == "failed"
    assert run.all("outcome") == {"pick": "failed", "a": "upstream_failed"}
    assert "Invalid tasks found: {'nowhere'}" in run.tasks["pick"]["error"]


def test_a_flow_without_graph_has_airflows_dates(ran):
    end = {"$type": "datetime", "value": "2024-01-30T06:00:00+00:00"}
    assert ran("dates").result("show") == ["2024-01-31", end, "dates", "2024-01-31/orders"]


def test_a_run_of_a_deployments_schedule_covers_the_interval_before_it(ran):
    start, end = (
        {"$type": "datetime", "value": f"2024-0{day}T06:00:00+00:00"} for day in ("2-29", "3-01")
    )
    assert ran("scheduled").result("show") == [start, end, "scheduled__2024-02-29T06:00:00+00:00"]


def test_a_run_that_somebody_started_has_that_moment(ran):
    assert ran("manual").result("show") == [True, True, "manual__"]


def test_bash_prints_its_output_and_returns_the_last_line(ran):
    run = ran("shell")
    assert run.tasks["bash"]["prints"] == ["one", "two", "three", "", "last"]
    assert run.result("bash") == "last"
    assert run.result("nothing") == ""
    assert run.result("no_newline") == "b"
    assert run.result("not_utf8") == "\\xff"


def test_bash_has_its_environment_and_folder(ran):
    run = ran("shell")
    assert run.result("env") == "1"
    assert run.result("more_env") == f"1 {os.environ['HOME']}"
    folder = Path(run.result("cwd"))
    assert folder.resolve() == run.folder.resolve()
    assert not Path(run.result("temporary")).exists()


def test_bash_reads_exit_codes_as_airflow_does(ran):
    run = ran("exit_codes")
    assert run.all("outcome") == {
        "ok": "success",
        "skip": "skipped",
        "bad": "failed",
        "some": "skipped",
        "none": "failed",
        "no_dir": "failed",
        "file": "failed",
        "killed": "failed",
    }
    assert "returned a non-zero exit code 3." in run.tasks["bad"]["error"]
    assert run.tasks["no_dir"]["error"].startswith("AirflowException: Can not find the cwd: ./")
    assert "must be a directory" in run.tasks["file"]["error"]
    assert "exit code -9" in run.tasks["killed"]["error"]


def test_bash_ends_with_all_its_children_when_its_time_is_up(ran):
    run = ran("timed_out")
    assert run.tasks["bash"]["state"] == "TimedOut"
    assert run.result("show") == [True]


def test_a_body_can_be_skipped_without_graph(ran):
    run = ran("skipping")
    assert run.result("show") == ["went", "Skipped"]
    assert run.tasks["not_now"]["outcome"] == "skipped"


def test_variables_are_prefects(ran):
    run = ran("variables")
    assert run.result("show") == ["6", {"a": [1]}, None, "6 [1]"]
    assert "KeyError: 'Variable compat_none does not exist'" in run.reason


WRONG_OPERATORS = {
    "positional": "TypeError: Use keyword arguments when initializing operators",
    "unknown": "TypeError: EmptyOperator(task_id='a') takes no argument 'colour'",
    "no_effect": "TypeError: EmptyOperator(task_id='a'): the argument 'pool' has no effect in a flow",
    "missing": "TypeError: Copy.__init__() missing 1 required keyword-only argument: 'table'",
    "no_rule": "AirflowException: 'sometimes' is not a trigger rule",
    "twice": "DuplicateTaskIdFound: Task id 'a' has already been added",
    "not_callable": "TypeError: `python_callable` param must be callable",
    "group_twice": "DuplicateTaskIdFound: Task id 'a' has already been added",
    "group_like_task": "DuplicateTaskIdFound: Task id 'a' has already been added",
    "sensor_mode": "ValueError: mode: expected 'poke' or 'reschedule', found 'later'",
    "sensor_time": "ValueError: timeout: expected a timedelta or seconds, found -1",
    "over_text": "ValueError: expand() got an unexpected type 'str' for keyword argument 'value'",
    "over_nothing": "TypeError: no arguments to expand against",
    "mapped_twice": "TypeError: unmappable or already specified argument: value",
    "mapped_option": "TypeError: Copy(task_id='a'): the argument 'pool' has no effect in a flow",
    "mapped_branch": "NotImplementedError: BranchPythonOperator cannot be mapped in a flow",
    "iterated": "TypeError: 'EmptyOperator' object is not iterable",
    "no_graph": "RuntimeError: No TaskGraph is open",
    "no_context": "RuntimeError: Current context was requested but no context was found!",
    "default": "TypeError: EmptyOperator(task_id='a'): the argument 'pool' has no effect",
    "allowed": "RuntimeError: nothing was wrong",
}


def test_a_wrong_use_of_operators_is_an_error_and_runs_nothing(ran):
    run = ran("wrong_operators")
    found = run.result("give")
    assert found.keys() == WRONG_OPERATORS.keys()
    wrong = {n: text for n, text in found.items() if not text.startswith(WRONG_OPERATORS[n])}
    assert wrong == {}
    assert set(run.tasks) == {"give"}


def test_an_operator_that_a_task_makes_is_in_no_graph(ran):
    run = ran("operators_inside")
    assert run.result("outer") == ["{{ ds }}", "outer", True]
    assert set(run.tasks) == {"outer"}


def test_an_operator_that_was_not_converted_raises(ran):
    task = ran("not_converted").tasks["load"]
    assert (task["outcome"], task["calls"]) == ("failed", [])
    assert "load: airflow.providers.x.operators.y.Load has no conversion" in task["error"]
    assert "(DF711)" in task["error"]
