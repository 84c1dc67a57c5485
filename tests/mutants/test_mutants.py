"""The verifier's own test: right flows are equal, every seeded wrong one is different."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from dagferry.helper import package, parts
from dagferry.parity import VerifyOptions
from dagferry.parity.manifest import read_subjects
from dagferry.parity.one_dag import Folders, run_airflow, verify_dag
from mutations import MUTATIONS, Mutation

PAIRS = Path(__file__).parent / "pairs"
FAMILIES = {"factory"}  # verified as a batch, in test_real_batch.py
NAMES = sorted({path.parent.name for path in PAIRS.glob("*/dagferry.json")} - FAMILIES)


@cache
def subject(pair):
    manifest = json.loads((PAIRS / pair / "dagferry.json").read_text())
    return read_subjects(manifest)[0]


@cache
def recorded(pair):
    return run_airflow(subject(pair), Folders(PAIRS / pair / "dags", PAIRS), VerifyOptions())


def verified(pair, text, tmp_path):
    """The report on one flow text; the DAG is run once for all flows of its pair."""
    flows = tmp_path / "flows"
    flows.mkdir()
    (flows / f"{pair}.py").write_text(text)
    if "airflow_compat" in text:
        write_helper(flows)
    folders = Folders(PAIRS / pair / "dags", flows)
    options = VerifyOptions(scenarios=0)
    return verify_dag(subject(pair), folders, options, lambda *_: recorded(pair))


def write_helper(folder):
    """The whole helper, beside flows."""
    (folder / "airflow_compat").mkdir()
    for path, data in package(parts()).items():
        (folder / path).write_bytes(data)


def right(pair):
    return (PAIRS / pair / "flows" / f"{pair}.py").read_text()


def differing(report):
    return {check.check for check in report.checks if check.verdict == "different"}


@pytest.mark.parametrize("pair", NAMES)
def test_a_right_flow_is_equal(pair, tmp_path):
    report = verified(pair, right(pair), tmp_path)
    told = {check.check: (check.verdict, check.detail) for check in report.checks}
    assert report.verdict == "equal", (report.reason, told)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=[one.name for one in MUTATIONS])
def test_a_wrong_flow_is_different(mutation: Mutation, tmp_path):
    text = right(mutation.pair)
    assert text.count(mutation.old) == 1, "the mutation does not apply, or applies twice"
    mutant = text.replace(mutation.old, mutation.new)
    report = verified(mutation.pair, mutant, tmp_path)
    told = {check.check: (check.verdict, check.detail) for check in report.checks}
    assert report.verdict == "different", (report.reason, told)
    assert mutation.check in differing(report), told


def test_mutations_are_many_and_have_names_of_their_own():
    assert len({one.name for one in MUTATIONS}) == len(MUTATIONS) >= 30
    assert {one.pair for one in MUTATIONS} == set(NAMES)
