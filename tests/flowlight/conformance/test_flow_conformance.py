from __future__ import annotations

from pathlib import Path

import pytest
from flow_cases import Case, read_all
from flow_engines import LONG_WAY, on_flowlight, on_prefect

CASES = read_all()
PLAIN = {"calling", "context", "crashes", "final_state", "futures", "hooks", "nesting"}


@pytest.fixture(scope="session")
def seen_on_flowlight(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return on_flowlight(CASES, tmp_path_factory.mktemp("flowlight"))


@pytest.fixture(scope="session")
def seen_on_prefect(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return on_prefect(CASES, tmp_path_factory.mktemp("prefect"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_flowlight_does_what_was_recorded(
    case: Case, seen_on_flowlight: dict[str, list[str]]
) -> None:
    assert "\n".join(seen_on_flowlight[case.name]) == "\n".join(case.lines or [])


def test_the_short_way_of_task_runs_is_not_needed_for_that(tmp_path: Path) -> None:
    cases = [case for case in CASES if case.topic in PLAIN]
    found = on_flowlight(cases, tmp_path, LONG_WAY)
    for case in cases:
        assert "\n".join(found[case.name]) == "\n".join(case.lines or []), case.name


@pytest.mark.prefect
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_prefect_does_what_was_recorded(case: Case, seen_on_prefect: dict[str, list[str]]) -> None:
    assert "\n".join(seen_on_prefect[case.name]) == "\n".join(case.lines or [])


def test_every_file_of_cases_was_read() -> None:
    folder = Path(__file__).parent / "cases"
    headings = sum(p.read_text(encoding="utf-8").count("\n## ") for p in folder.glob("*.md"))
    assert len(CASES) == headings
    assert len({case.name for case in CASES}) == len(CASES)
    assert all(case.lines for case in CASES)


def test_without_prefect_the_way_to_get_it_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("flow_engines.PREFECT", tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError, match="make prefect-env"):
        on_prefect(CASES, tmp_path)
