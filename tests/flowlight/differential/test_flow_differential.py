from __future__ import annotations

from pathlib import Path

import pytest
from compare_engines import differences, differences_of_ways
from flow_sources import STAGED, WIDE, source

SEEDS = [*range(60), *range(WIDE, WIDE + 20), *range(STAGED, STAGED + 20)]


@pytest.mark.prefect
def test_random_flows_do_the_same_on_flowlight_and_on_prefect(tmp_path: Path) -> None:
    found = differences(SEEDS, tmp_path)
    shown = "\n\n".join(f"seed {seed}:\n{source(seed)}\n{text}" for seed, text in found.items())
    assert not found, shown


def test_random_flows_do_the_same_with_and_without_the_short_way(tmp_path: Path) -> None:
    found = differences_of_ways(SEEDS, tmp_path)
    shown = "\n\n".join(f"seed {seed}:\n{source(seed)}\n{text}" for seed, text in found.items())
    assert not found, shown


def test_a_seed_is_one_source_and_seeds_differ() -> None:
    sources = [source(seed) for seed in SEEDS]
    assert sources == [source(seed) for seed in SEEDS]
    assert len(set(sources)) == len(sources)


def test_wide_sources_have_everything_in_some_of_them() -> None:
    text = "\n".join(source(seed) for seed in range(WIDE, WIDE + 25))
    for part in (
        "async def main",
        "await sub",
        "on_running=[",
        "ThreadPoolTaskRunner(max_workers=1)",
        "with transaction()",
        ".on_rollback(",
        "inner = t0(a)",
        "inner = await t0(a)",
    ):
        assert part in text, part


def test_flows_of_scenes_have_every_scene_in_some_of_them() -> None:
    text = "\n".join(source(seed) for seed in range(STAGED, STAGED + 200))
    for part in (
        "yield i + number(a)",
        "async for item in",
        "await asyncio.gather(",
        "in as_completed([",
        "quote([",
        "opaque(f",
        ", return_state=True)\n    tell(",
        "with sync_limit(",
        "b=allow_failure(unmapped(",
        "await Artifact.aget(",
        "Variable.set(",
        "    one, two = ",
        "ProcessPoolTaskRunner(max_workers=2))\ndef pool",
        "raise asyncio.CancelledError()",
        "@task(timeout_seconds=",
        "return await sub0(a",
        "cache_policy=INPUTS - 'b'",
        "(a: dict[str, int], b: int = 1)",
        ".with_options(task_run_name=",
    ):
        assert part in text, part
