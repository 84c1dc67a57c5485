"""Deep code does not crash: it is read, or refused with a reason."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest
from dagferry.syntax.parse import Unreadable, parse


def test_a_long_chain_is_read_in_a_process_of_ours() -> None:
    script = """
        from dagferry.syntax.depth import prepare_process
        from dagferry.syntax.index import Index
        from dagferry.syntax.parse import parse
        prepare_process()
        for text in ("x = " + "+".join(["1"] * 1200), "if a:\\n    b\\n" + "elif a:\\n    b\\n" * 1200):
            index = Index(parse(text), text)
            print(index.module.body[0].line, len(index.cst.code) - len(text))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "1 1\n1 0\n"


@pytest.mark.parametrize("count", [201, 100_000])
def test_more_brackets_than_python_reads_are_refused(count: int) -> None:
    with pytest.raises(Unreadable):
        parse("x = " + "[" * count + "]" * count)


def test_brackets_that_python_reads_are_read() -> None:
    assert parse("x = " + "[" * 150 + "]" * 150).body
