"""The rules, beyond the table that was recorded from Airflow (`cases/rule_table.py`)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from daglight.trigger_rules import RULES, Counts, TriggerRule, Verdict, decide
from hypothesis import given
from hypothesis import strategies as st

small = st.integers(0, 3)
ended = st.builds(lambda s, f, k, u: Counts(s + f + k + u, s, f, k, u), small, small, small, small)


@given(counts=ended, rule=st.sampled_from(sorted(RULES)))
def test_no_rule_waits_once_all_upstreams_have_ended(counts: Counts, rule: str) -> None:
    assert decide(rule, counts) is not Verdict.WAIT


@given(counts=ended, more=st.integers(1, 3), rule=st.sampled_from(sorted(RULES)))
def test_what_is_decided_early_stays_decided(counts: Counts, more: int, rule: str) -> None:
    early = replace(counts, upstream=counts.upstream + more)
    later = {
        decide(rule, replace(early, **{kind: getattr(early, kind) + more}))
        for kind in ("success", "failed", "skipped")
    }
    if decide(rule, early) in (Verdict.SKIP, Verdict.UPSTREAM_FAILED):
        assert Verdict.RUN not in later


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_task_without_upstreams_runs(rule: str) -> None:
    assert decide(rule, Counts()) is Verdict.RUN


def test_every_name_of_airflow_has_a_rule() -> None:
    assert {rule.value for rule in TriggerRule} == set(RULES)


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(KeyError):
        decide("sometimes", Counts())
