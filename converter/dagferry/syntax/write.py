"""From trees to text, with libcst's writer freed of what notes positions."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst
from libcst._nodes.internal import CodegenState

from dagferry.syntax.nodes import Statement


class _Nothing:
    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        pass


_NOTHING = _Nothing()


class _Writer(CodegenState):
    """Writes no blanks on a blank line: one of the top level may have moved into a block."""

    def __init__(self, indent: str = "    ", newline: str = "\n") -> None:
        super().__init__(indent, newline)
        self.add_token = self.tokens.append  # type: ignore[assignment, method-assign]  # without a call of Python's
        self.blank = False

    def before_codegen(self, node: cst.CSTNode) -> None:
        if node.__class__ is cst.EmptyLine:
            self.blank = node.comment is None and not node.whitespace.value

    def add_indent_tokens(self) -> None:
        if self.blank:
            self.blank = False
        else:
            self.tokens.extend(self.indent_tokens)

    def after_codegen(self, node: cst.CSTNode) -> None:
        if node.__class__ is cst.EmptyLine:
            self.blank = False

    def record_syntactic_position(  # type: ignore[override]  # any context manager will do
        self,
        node: cst.CSTNode,  # noqa: ARG002 - libcst's signature
        *,
        start_node: cst.CSTNode | None = None,  # noqa: ARG002
        end_node: cst.CSTNode | None = None,  # noqa: ARG002
    ) -> _Nothing:
        return _NOTHING


class _Listener(_Writer):
    """Hears of comments while it writes, which is the cheapest way to come by all of them in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def before_codegen(self, node: cst.CSTNode) -> None:
        if node.__class__ is cst.Comment:
            self.found.append(node.value)


def comments_in(node: cst.CSTNode) -> list[str]:
    """The comments inside a node, in the order of the text."""
    listener = _Listener()
    # A signature's parts are written by the function that they belong to.
    node._codegen(listener)
    return listener.found


def written(node: cst.CSTNode, indent: str = "    ") -> str:
    """The text of one node, without the indentation of a block around it."""
    writer = _Writer(indent)
    node._codegen(writer)
    return "".join(writer.tokens)


def written_all(statements: Sequence[Statement | str], indent: str = "    ") -> str:
    """The text of statements of the top level; those that are kept stand as their text."""
    writer = _Writer(indent)
    for statement in statements:
        if isinstance(statement, str):
            writer.tokens.append(statement)
        else:
            statement._codegen(writer)
    return "".join(writer.tokens)
