"""The imports that a text seems to have, found without parsing it.

Which folders and files have to be looked into must be known before anything is parsed, for every file of a
folder. What stands in a string may be taken for an import: then a file is looked for in vain, no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_IMPORT = re.compile(
    r"^[ \t]*(?:"
    r"from[ \t]+(?P<dots>\.*)[ \t]*(?P<base>[\w.]*)[ \t]+import[ \t]*(?P<names>\([^)]*\)|(?:\\\n|[^\n;])*)"
    r"|import[ \t]+(?P<modules>(?:\\\n|[^\n;#])*))",
    re.MULTILINE,
)
_COMMENT = re.compile(r"#[^\n]*")
_WORD = re.compile(r"[^\W\d]\w*")
_DOTTED = re.compile(r"[^\W\d][\w.]*")


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One module that is imported: `level` leading dots, the dotted `base`, the `names` taken from it."""

    level: int
    base: str
    names: tuple[str, ...]
    line: int


def import_lines(text: str) -> Iterator[ImportLine]:
    """Every import of the text, in the order of the lines."""
    for found in _IMPORT.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        if found["modules"] is not None:
            for dotted in _modules(found["modules"]):
                yield ImportLine(0, dotted, (), line)
            continue
        names = _COMMENT.sub("", found["names"]).strip("() \t\n").split(",")
        words = (_WORD.match(name.strip()) for name in names)
        taken = tuple(word[0] for word in words if word)
        yield ImportLine(len(found["dots"]), found["base"], taken, line)


def _modules(text: str) -> Iterator[str]:
    for part in text.replace("\\\n", " ").split(","):
        dotted = _DOTTED.match(part.strip())
        if dotted:
            yield dotted[0]
