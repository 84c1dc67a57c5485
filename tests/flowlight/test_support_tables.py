"""Every row of the support tables names a case or a test that there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "flowlight" / "conformance" / "cases"
PAGES = sorted((ROOT / "docs" / "flowlight").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_shows_a_row_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for name, title in re.findall(r"`cases/(\w+)\.md: ([^`]+)`", text):
        assert f"\n## {title}\n" in (CASES / f"{name}.md").read_text(encoding="utf-8"), title
    for path, test in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text):
        assert f"def {test}(" in (ROOT / path).read_text(encoding="utf-8"), test
