"""Runs a Markdown page: every fenced block under a directive is written, run or compared.

A directive is a comment on the line before a fence:

    <!-- file NAME -->     the block is written to NAME in a scratch folder
    <!-- shows NAME -->    the block is what NAME holds now
    <!-- run COMMAND -->   the block is what the command prints to stdout (`exit N` may end the directive)
    <!-- python -->        the block is run in the scratch folder, all of a page in one namespace
    <!-- prints -->        the block is what the Python block before it printed

`python tests/docs/walkthrough.py PAGE...` writes what came out into the pages.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_STEP = re.compile(
    r"<!-- (?P<verb>file|shows|run|python|prints)(?: (?P<argument>[^\n]*?))? -->\n"
    r"(?P<fence>```\w*\n)(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass
class Walk:
    """A walk through a page: the scratch folder, the names of its Python, what was printed last."""

    folder: Path
    names: dict[str, Any] = field(default_factory=dict)
    printed: str = ""

    def step(self, verb: str, argument: str, body: str) -> str:
        """Do a step; the text that should stand in its block."""
        if verb == "file":
            target = self.folder / argument
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(body)
            return body
        if verb == "shows":
            return (self.folder / argument).read_text()
        if verb == "run":
            return self._run(argument)
        if verb == "prints":
            return self.printed
        self._python(body)
        return body

    def _run(self, argument: str) -> str:
        command, _, code = argument.partition(" exit ")
        program, *rest = shlex.split(command)
        done = subprocess.run(
            [sys.executable, "-m", program, *rest],
            cwd=self.folder,
            env={**os.environ, "COLUMNS": "90"},
            capture_output=True,
            text=True,
        )
        assert done.returncode == int(code or 0), f"{command}: {done.returncode}\n{done.stderr}"
        return done.stdout

    def _python(self, body: str) -> None:
        before = Path.cwd()
        os.chdir(self.folder)
        try:
            with contextlib.redirect_stdout(io.StringIO()) as out:
                exec(compile(body, "<page>", "exec", dont_inherit=True), self.names)  # noqa: S102
        finally:
            os.chdir(before)
        self.printed = out.getvalue()


def walked(text: str, folder: Path) -> str:
    """The page with what really came out in every block."""
    walk = Walk(folder)

    def done(step: re.Match[str]) -> str:
        shown = walk.step(step["verb"], step["argument"] or "", step["body"])
        head = step[0][: step.start("body") - step.start()]
        return f"{head}{shown.rstrip()}\n```" if shown.strip() else f"{head}```"

    return _STEP.sub(done, text)


def steps(text: str) -> int:
    """How many steps a page has."""
    return len(_STEP.findall(text))


if __name__ == "__main__":
    for page in map(Path, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as scratch:
            page.write_text(walked(page.read_text(), Path(scratch)))
