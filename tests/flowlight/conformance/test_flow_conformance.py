from __future__ import annotations

from pathlib import Path

import pytest
from flow_cases import Case, read_all
from flow_engines import on_flowlight, on_prefect

CASES = read_all()


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
