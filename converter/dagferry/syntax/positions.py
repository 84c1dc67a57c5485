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

_DECORATED = (cst.FunctionDef, cst.ClassDef)


class _Writer(CodegenState):
    """Notes each node with a place: at which token it begins and ends, and what it stands in.

    Nodes are numbered in the order of the text. What libcst opens with `record_syntactic_position` it closes
    in turn, so one object serves as the context manager of all.
    """

    def __init__(self, module: cst.Module) -> None:
        super().__init__(module.default_indent, module.default_newline)
        self.add_token = self.tokens.append  # type: ignore[assignment, method-assign]  # without a call of Python's
        self.nodes: list[cst.CSTNode] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.last: list[int] = []
        self.parents: list[int] = []
        self.open: list[int] = [-1]
        # Nodes that end where another one does, inner ones first.
        self.ends_with: list[tuple[int, cst.CSTNode]] = []
        # Where each statement of the top level begins, the lines above it included.
        self.extents: list[int] = []

    def record_syntactic_position(  # type: ignore[override]  # any context manager will do
        self,
        node: cst.CSTNode,
        *,
        start_node: cst.CSTNode | None = None,  # noqa: ARG002 - libcst's signature
        end_node: cst.CSTNode | None = None,
    ) -> _Writer:
        number = len(self.nodes)
        self.nodes.append(node)
        self.starts.append(len(self.tokens))
        self.ends.append(0)
        self.last.append(number)
        self.parents.append(self.open[-1])
        self.open.append(number)
        if end_node is not None:
            self.ends_with.append((number, end_node))
        return self

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        number = self.open.pop()
        self.ends[number] = len(self.tokens)
        self.last[number] = len(self.nodes) - 1

    def numbers(self) -> dict[int, int]:
        """The number of each node by its identity, once all is written."""
        found = {id(node): number for number, node in enumerate(self.nodes)}
        for number, end_node in reversed(self.ends_with):
            self.ends[number] = self.ends[found.get(id(end_node), number)]
        for number, node in enumerate(self.nodes):
            if node.__class__ in _DECORATED:
                # Decorators are written before their function begins.
                for decorator in node.decorators:
                    self.parents[found[id(decorator)]] = number
        return found

    def run(self, module: cst.Module) -> None:
        """Write a module, as libcst does it."""
        for line in module.header:
            line._codegen(self)
        for statement in module.body:
            self.extents.append(len(self.tokens))
            statement._codegen(self)
        self.extents.append(len(self.tokens))
        for line in module.footer:
            line._codegen(self)


class Positions:
    """The places of one tree's nodes. A node without one (a comma, a blank) raises KeyError."""

    def __init__(self, module: cst.Module) -> None:
        # The tree must live as long as the places: they are kept by the identity of its nodes.
        self.module = module
        writer = _Writer(module)
        writer.run(module)
        self.text = "".join(writer.tokens)
        self._offsets = [0, *accumulate(map(len, writer.tokens))]
        self._nodes = writer.nodes
        self._number = writer.numbers()
        self._starts = [self._offsets[token] for token in writer.starts]
        self._ends = [self._offsets[token] for token in writer.ends]
        self._last = writer.last
        self._parents = writer.parents
        self._extents = writer.extents

    def start(self, node: cst.CSTNode) -> int:
        """The offset of a node's first character, its parentheses and decorators left out."""
        return self._starts[self._number[id(node)]]

    def end(self, node: cst.CSTNode) -> int:
        """The offset behind a node's last character."""
        return self._ends[self._number[id(node)]]

    def parent(self, node: cst.CSTNode) -> cst.CSTNode | None:
        """The closest node around one that has a place; a decorator's is its function."""
        number = self._number.get(id(node))
        above = -1 if number is None else self._parents[number]
        return self._nodes[above] if above >= 0 else None

    def below(self, node: cst.CSTNode) -> list[cst.CSTNode]:
        """The node and every node inside it that has a place, in the order of the text."""
        first = node
        decorators = getattr(node, "decorators", ())
        if decorators:
            first = decorators[0]
        return self._nodes[self._number[id(first)] : self._last[self._number[id(node)]] + 1]

    def top_text(self, position: int) -> str:
        """The text of a top-level statement with the lines above it (but not those of the header)."""
        first, last = self._extents[position], self._extents[position + 1]
        return self.text[self._offsets[first] : self._offsets[last]]

    def __iter__(self) -> Iterator[cst.CSTNode]:
        """Every node with a place, outer ones before inner ones."""
        return iter(self._nodes)

    def extents(self) -> Iterator[tuple[cst.CSTNode, int, int]]:
        """The same, each with the offsets that it begins and ends at."""
        return zip(self._nodes, self._starts, self._ends)

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self.text.split("\n"))]

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset, both from 1."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def line(self, offset: int) -> tuple[int, int]:
        """Where the line of an offset begins and where it ends, without its line end."""
        number = bisect_right(self._lines, offset)
        return self._lines[number - 1], self._lines[number] - 1
