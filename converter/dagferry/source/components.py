"""Parts of a folder that know nothing of each other: each can be converted by a process of its own.

Two files belong together where one may import the other. What may be an import is told from the words of
the text: a word too many puts two files together that could be apart, and does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from dagferry.source.roots import NEVER

if TYPE_CHECKING:
    import networkx as nx

_IMPORT = re.compile(r"^.*\bimport\b.*$", re.MULTILINE)
_FROM = re.compile(r"\s*from\s+([\w.]+)")
_WORD = re.compile(r"[^\W\d]\w*")
_COMMENT = re.compile(r"#.*")


def components(texts: Mapping[str, str]) -> list[frozenset[str]]:
    """The parts of a folder, the largest text first. `texts` are Python files by path."""
    # Its import takes a third of a second, and a folder that one process reads does not need it.
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(texts))
    by_word: dict[str, list[str]] = {}
    for path in texts:
        by_word.setdefault(_last_word(path), []).append(path)
    for path, text in texts.items():
        for word in imported_words(text) & by_word.keys():
            graph.add_edges_from((path, other) for other in by_word[word])
        graph.add_edges_from((path, package) for package in _packages(path, texts))
    found = [frozenset(part) for part in nx.connected_components(graph)]
    return sorted(found, key=lambda part: (-_size(part, texts), min(part)))


def shares(
    parts: Iterable[frozenset[str]], texts: Mapping[str, str], count: int
) -> list[list[str]]:
    """The parts dealt out to so many processes, about the same amount of text for each."""
    dealt: list[list[str]] = [[] for _ in range(count)]
    sizes = [0] * count
    for part in parts:
        least = sizes.index(min(sizes))
        dealt[least] += sorted(part)
        sizes[least] += _size(part, texts)
    return [share for share in dealt if share]


def _size(part: Iterable[str], texts: Mapping[str, str]) -> int:
    return sum(len(texts[path]) for path in part)


def _last_word(path: str) -> str:
    """The last word of a module's dotted name, which every import of it holds."""
    parts = path.removesuffix(".py").split("/")
    return parts[-2] if parts[-1] == "__init__" and len(parts) > 1 else parts[-1]


def _packages(path: str, texts: Mapping[str, str]) -> Iterator[str]:
    """The packages that a file stands in: importing it runs them. Comments do nothing."""
    folder = path.rpartition("/")[0]
    while folder:
        package = f"{folder}/__init__.py"
        if package != path and _COMMENT.sub("", texts.get(package, "")).strip():
            yield package
        folder = folder.rpartition("/")[0]


def imported_words(text: str) -> set[str]:
    """Every word of the import statements of a text."""
    found: set[str] = set()
    for line in _IMPORT.finditer(text):
        statement = _statement(text, line.start(), line.end())
        base = _FROM.match(statement)
        if base is None or base[1].partition(".")[0] not in NEVER:
            found.update(_WORD.findall(statement))
    return found


def _statement(text: str, start: int, end: int) -> str:
    """The whole statement of a line: what a backslash continues, up to where its brackets close."""
    while text[: start - 1].endswith("\\"):
        start = text.rfind("\n", 0, start - 1) + 1
    statement = _COMMENT.sub("", text[start:end])
    while end < len(text) and (
        statement.count("(") > statement.count(")") or statement.endswith("\\")
    ):
        following = text.find("\n", end + 1)
        following = len(text) if following < 0 else following
        statement += _COMMENT.sub("", text[end:following])
        end = following
    return statement
