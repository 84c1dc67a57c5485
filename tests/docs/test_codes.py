"""Every code has a page, every page has a code, and every code is provoked by a small folder."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import dagferry
import pytest
from code_cases import MADE, example_files, make_folder
from dagferry.catalogue import pages
from dagferry.cli import run
from dagferry.constructs._registry import constructs

SOURCE = Path(dagferry.__file__).parent
SECTIONS = ["What it means", "Why", "Example", "What to do"]


def codes_of_the_source() -> set[str]:
    texts = [file.read_text() for file in SOURCE.rglob("*.py")]
    return {code for text in texts for code in re.findall(r"\bDF\d{3}\b", text)}


def assess(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = run(["assess", str(folder), "--format", "json", "--quiet"])
    output = capsys.readouterr().out
    return code, json.loads(output) if output else {"files": []}


def findings_of(report: dict[str, Any], code: str) -> list[dict[str, Any]]:
    return [f for file in report["files"] for f in file["findings"] if f["code"] == code]


def test_the_pages_are_those_of_the_codes_in_the_source() -> None:
    assert set(pages()) == codes_of_the_source()


@pytest.mark.parametrize("code", pages())
def test_a_page_has_its_sections_in_order(code: str) -> None:
    page = pages()[code]
    assert page.text.startswith(f"# {code}: {page.title}\n\nSeverity: {page.severity}\n")
    assert page.severity in {"required", "advisory"}
    assert re.findall(r"^## (.*)$", page.text, re.MULTILINE) == SECTIONS


@pytest.mark.parametrize("code", pages())
def test_a_page_shows_code_unless_its_folder_is_made_here(code: str) -> None:
    assert bool(example_files(code)) != (code in MADE)


@pytest.mark.parametrize("code", pages())
def test_a_code_is_provoked_by_its_folder(
    code: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if code == "DF901":
        monkeypatch.setattr(type(constructs()["empty_operator"]), "lower", crash)
    _, report = assess(make_folder(code, tmp_path), capsys)
    found = findings_of(report, code)
    assert found, report
    assert {finding["severity"] for finding in found} == {pages()[code].severity}


def crash(*_: object) -> None:
    raise ZeroDivisionError("made to crash")


def test_a_crash_of_a_construct_ends_with_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_folder("DF901", tmp_path)
    assert assess(folder, capsys)[0] == 0
    monkeypatch.setattr(type(constructs()["empty_operator"]), "lower", crash)
    assert assess(folder, capsys)[0] == 2


@pytest.mark.parametrize("code", ["DF301", "df301"])
def test_explain_prints_the_page(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", code]) == 0
    assert capsys.readouterr().out == pages()["DF301"].text


def test_explain_gives_the_page_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "DF301", "--format", "json"]) == 0
    page = json.loads(capsys.readouterr().out)
    assert (page["code"], page["text"]) == ("DF301", pages()["DF301"].text)


@pytest.mark.parametrize(
    ("asked", "near"), [("DF399", "DF301"), ("DF31", "DF301"), ("F301", "DF301"), ("x", "DF101")]
)
def test_an_unknown_code_is_a_usage_error_that_lists_near_codes(
    asked: str, near: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explain", asked]) == 2
    shown = capsys.readouterr()
    assert near in shown.err
    assert shown.out == ""
