"""Both bundled engines under verify() and under the graph diff, over the right pairs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from dagferry.graph import compare_graphs, traced_graph, uncalled
from dagferry.parity import VerifyOptions, verify
from dagferry.parity.one_dag import Folders, run_flow
from test_mutants import NAMES, PAIRS, recorded, right, subject, write_helper


@pytest.fixture
def flows(tmp_path):
    """All right flows in one folder, with the helper that some of them import."""
    for path in sorted(PAIRS.glob("*/flows/*.py")):
        shutil.copy(path, tmp_path)
    write_helper(tmp_path)
    return tmp_path


def factory(flows):
    manifest = json.loads((PAIRS / "factory" / "dagferry.json").read_text())
    report = verify(PAIRS / "factory" / "dags", flows, manifest, VerifyOptions(jobs=2))
    return {dag.dag_id: dag.verdict for dag in report.dags}, report.exit_code


def test_every_dag_of_a_factory_is_verified(flows):
    assert factory(flows) == ({"load_eu": "equal", "load_us": "equal"}, 0)


def test_a_factory_with_one_wrong_flow(flows):
    text = (flows / "factory.py").read_text()
    wrong = text.replace('"tables": ["orders", "users"]', '"tables": ["users"]')
    assert wrong != text
    (flows / "factory.py").write_text(wrong)
    assert factory(flows) == ({"load_eu": "equal", "load_us": "different"}, 1)


def test_a_factory_that_lost_a_flow_is_not_equal(flows):
    text = (flows / "factory.py").read_text()
    wrong = text.replace("for cfg in CONFIGS:", "for cfg in CONFIGS[:1]:")
    assert wrong != text
    (flows / "factory.py").write_text(wrong)
    assert factory(flows) == ({"load_eu": "equal", "load_us": "incomplete"}, 3)


def test_a_batch_runs_every_pair_at_once(flows, tmp_path_factory):
    dags = tmp_path_factory.mktemp("dags")
    files = []
    for pair in NAMES:
        shutil.copy(PAIRS / pair / "dags" / f"{pair}.py", dags)
        files += json.loads((PAIRS / pair / "dagferry.json").read_text())["files"]
    # The flows were written by hand, to be right in the plain run.
    options = VerifyOptions(jobs=2, scenarios=0)
    report = verify(dags, flows, {"version": 1, "files": files}, options)
    verdicts = {dag.dag_id: (dag.verdict, dag.reason) for dag in report.dags}
    assert verdicts == dict.fromkeys(NAMES, ("equal", None))


def graphs(pair, flows: Path):
    airflow = recorded(pair).trace
    recorded_flow = run_flow(subject(pair), Folders(flows, flows), VerifyOptions(), airflow)
    return compare_graphs(
        traced_graph(airflow), traced_graph(recorded_flow.trace), uncalled=uncalled(airflow)
    )


@pytest.mark.parametrize("pair", NAMES)
def test_the_traced_graphs_of_a_right_pair_do_not_differ(pair, flows):
    diff = graphs(pair, flows)
    assert diff.differences == ()
    assert diff.compared > 0


def test_the_edges_into_an_early_rule_are_named_as_not_compared(flows):
    named = {one.subject for one in graphs("graphed", flows).not_compared if one.kind == "edge"}
    # `strict` is skipped as soon as the branch has skipped `right`, while `left` still runs.
    assert named == {"left -> join", "middle -> join", "right -> join", "left -> strict"}


@pytest.mark.parametrize(
    ("pair", "old", "new", "subject_"),
    [
        ("fan", "audit.submit(wait_for=[orders])", "audit.submit()", "fetch_orders -> audit"),
        ("fan", "fetch_rates.submit()", "fetch_rates.submit(wait_for=[orders])",
         "fetch_orders -> fetch_rates"),
        ("tables", ", wait_for=[started]", "", "start -> copy_items"),
        ("chain", "    load(", "    extract()\n    load(", "extract"),
        ("branch", "    report()\n", "", "report"),
        ("retries", "retries=3", "retries=2", "fetch"),
        ("retries", "timeout_seconds=300", "timeout_seconds=30", "fetch"),
    ],
)  # fmt: skip
def test_the_traced_graph_of_a_wrong_flow_differs(pair, old, new, subject_, flows):
    text = right(pair)
    assert text.count(old) == 1
    (flows / f"{pair}.py").write_text(text.replace(old, new))
    assert subject_ in {one.subject for one in graphs(pair, flows).differences}
