"""Where the nodes of a tree stand: offsets of characters, from one run of libcst's own writer.

`libcst.metadata.PositionProvider` gives the same places for ten times the cost. This reads
`CodegenState`, which libcst does not document; a test compares both on the files of all cases.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

import libcst as cst
from libcst._nodes.internal import CodegenState


class _Mark:
    """Notes at which token a node ends, or that it ends where its last child does."""

    __slots__ = ("end_node", "node", "writer")

    def __init__(self, writer: _Writer, node: cst.CSTNode, end_node: cst.CSTNode | None) -> None:
        self.writer = writer
        self.node = node
        self.end_node = end_node

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        ends = self.writer.ends
        last = None if self.end_node is None else ends.get(id(self.end_node))
        ends[id(self.node)] = len(self.writer.tokens) if last is None else last


class _Writer(CodegenState):
    def __init__(self, module: cst.Module) -> None:
        super().__init__(module.default_indent, module.default_newline)
        self.starts: dict[int, int] = {}
        self.ends: dict[int, int] = {}
        self.nodes: list[cst.CSTNode] = []

    def record_syntactic_position(  # type: ignore[override]  # any context manager will do
        self,
        node: cst.CSTNode,
        *,
        start_node: cst.CSTNode | None = None,  # noqa: ARG002 - libcst's signature
        end_node: cst.CSTNode | None = None,
    ) -> _Mark:
        self.starts[id(node)] = len(self.tokens)
        self.nodes.append(node)
        return _Mark(self, node, end_node)


class Positions:
    """The places of one tree's nodes. A node without one (a comma, a blank) raises KeyError."""

    def __init__(self, module: cst.Module) -> None:
        # The tree must live as long as the places: they are kept by the identity of its nodes.
        self.module = module
        writer = _Writer(module)
        module._codegen_impl(writer)
        self.text = "".join(writer.tokens)
        self._offsets = [0, *accumulate(map(len, writer.tokens))]
        self._starts = writer.starts
        self._ends = writer.ends
        self._nodes = writer.nodes

    def start(self, node: cst.CSTNode) -> int:
        """The offset of a node's first character, its parentheses and decorators left out."""
        return self._offsets[self._starts[id(node)]]

    def end(self, node: cst.CSTNode) -> int:
        """The offset behind a node's last character."""
        return self._offsets[self._ends[id(node)]]

    def __iter__(self) -> Iterator[cst.CSTNode]:
        """Every node with a place, outer ones before inner ones."""
        return iter(self._nodes)

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self.text.split("\n"))]

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset, both from 1."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1
