from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kept_answers import kept_or_run


def test_what_an_engine_did_is_run_once_for_one_source_and_one_version(tmp_path: Path) -> None:
    ran: list[str] = []

    def run(names: Sequence[str]) -> dict[str, list[str]]:
        ran.extend(names)
        return {name: [f"{name} {len(ran)}"] for name in names}

    def asked(version: str, *names: str) -> dict[str, list[str]]:
        return kept_or_run({name: [f"source of {name}", version] for name in names}, tmp_path, run)

    assert asked("2.10.5", "a") == {"a": ["a 1"]}
    assert asked("2.10.5", "a", "b") == {"a": ["a 1"], "b": ["b 2"]}
    assert asked("2.11.2", "a") == {"a": ["a 3"]}
    assert ran == ["a", "b", "a"]
