from __future__ import annotations

from pathlib import Path

import pytest
from compare_engines import differences
from flow_sources import source

SEEDS = range(100)


@pytest.mark.prefect
def test_random_flows_do_the_same_on_flowlight_and_on_prefect(tmp_path: Path) -> None:
    found = differences(SEEDS, tmp_path)
    shown = "\n\n".join(f"seed {seed}:\n{source(seed)}\n{text}" for seed, text in found.items())
    assert not found, shown


def test_a_seed_is_one_source_and_seeds_differ() -> None:
    sources = [source(seed) for seed in SEEDS]
    assert sources == [source(seed) for seed in SEEDS]
    assert len(set(sources)) == len(sources)
