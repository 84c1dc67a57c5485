"""What the pages show is what comes out: their files, commands and values are run again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from walkthrough import steps, walked

ROOT = Path(__file__).parents[2]
WALKED = {"README.md": 5, "docs/onboarding.md": 15}
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#([\w-]+))?\)")


@pytest.mark.parametrize("page", WALKED)
def test_a_page_shows_what_comes_out(page: str, tmp_path: Path) -> None:
    text = (ROOT / page).read_text()
    assert steps(text) >= WALKED[page]
    assert text == walked(text, tmp_path), f"run: python tests/docs/walkthrough.py {page}"


def test_a_walk_finds_what_is_wrong(tmp_path: Path) -> None:
    page = "<!-- python -->\n```python\nprint(1 + 1)\n```\n\n<!-- prints -->\n```text\n3\n```\n"
    assert walked(page, tmp_path) == page.replace("3\n", "2\n")


@pytest.mark.parametrize("page", [str(page.relative_to(ROOT)) for page in PAGES])
def test_the_links_of_a_page_lead_somewhere(page: str) -> None:
    broken = [
        target
        for target, _ in _LINK.findall((ROOT / page).read_text())
        if "://" not in target and not (ROOT / page).parent.joinpath(target).exists()
    ]
    assert broken == []
