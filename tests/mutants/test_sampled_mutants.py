"""A sample of what `make mutants` verifies; and the files that it reads and writes."""

from __future__ import annotations

from operators import NAMES
from run_mutants import PAGE, all_judged, sampled
from summary import Summary
from survivors import Reviewed, review_of, reviewed
from units import units

COUNT = 40


def test_of_sampled_mutants_none_survives_that_was_not_reviewed(tmp_path):
    found = units(tmp_path, lambda name: name.startswith("samples/"))
    mutants = sampled([mutant for unit in found for mutant in unit.mutants], COUNT)
    judged = tuple(all_judged(found, mutants, jobs=2, right_first=False))
    assert len(judged) == COUNT
    summary = Summary(judged, reviewed())
    assert [one.mutant.id for one in summary.unreviewed()] == []
    assert summary.counts()["different"] > COUNT / 2


def test_every_reviewed_survivor_has_a_reason_of_its_own():
    entries = reviewed()
    assert all(one.reason and one.mutants for one in entries)
    assert len({one.reason for one in entries}) == len(entries)
    listed = [entry for one in entries for entry in one.mutants]
    assert len(set(listed)) == len(listed)


def test_an_entry_covers_what_it_names_and_nothing_else():
    entry = Reviewed("why", True, ("samples/etl:*: drop a keyword: [a, *] of f", "one #2"))
    assert entry.covers("samples/etl:etl.py:etl: drop a keyword: [a, b] of f")
    assert review_of("one #2", [entry]) is entry
    for other in ("samples/etl:etl.py:etl: drop a keyword: a of f", "one", "one #2!"):
        assert review_of(other, [entry]) is None
    assert entry.unused(["one #2"]) == ["samples/etl:*: drop a keyword: [a, *] of f"]


def test_the_page_has_a_row_for_every_operator():
    text = PAGE.read_text("utf-8")
    assert all(f"\n| {name} |" in text for name in NAMES)
