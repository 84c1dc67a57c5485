"""The README and the reference say the same of exit codes as the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from dagferry.reference.cli_page import EXITS

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("page", ["README.md", "docs/reference/cli.md"])
def test_a_page_has_the_exit_codes_of_the_code_word_for_word(page):
    text = (ROOT / page).read_text()
    table = text.partition("| exit | meaning |\n")[2].partition("\n\n")[0]
    rows = [tuple(re.split(r" \| ", line.strip("| "), maxsplit=1)) for line in table.split("\n")]
    assert rows[1:] == list(EXITS)
