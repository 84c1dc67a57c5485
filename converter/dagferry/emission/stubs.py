"""What stands where something was not converted: an error, below a comment with the original source."""

from __future__ import annotations

from dagferry.build.layout import Room, lay_out
from dagferry.build.nodes import Invoke, Raw, literal
from dagferry.model.task import Refusal
from dagferry.syntax import make
from dagferry.syntax import nodes as cst


def stub_body(name: str, refusal: Refusal | None, source: str) -> list[cst.Statement]:
    """The body of a stub: what was not converted, its original source, and an error."""
    assert refusal is not None
    message = f"{name}: convert {refusal.subject} by hand ({refusal.code})".replace("`", "")
    return [raised(message, stub_comment(refusal.code, refusal.subject, source))]


def stub_comment(code: str, subject: str, source: str) -> list[str]:
    """The comment that says what was not converted, with the original source."""
    what = f"# dagferry[{code}]: no conversion for {subject.rstrip(',')}."
    see = f"See `dagferry explain {code}`."
    lines = [f"{what} {see}"] if len(f"{what} {see}") <= 84 else [what, f"# {see}"]
    return [*lines, *(f"#   {line}".rstrip() for line in source.splitlines())]


def raised(message: str, above: list[str]) -> cst.SimpleStatementLine:
    """`raise NotImplementedError(...)`, laid out for a block of four columns, below comments."""
    node = Invoke(Raw("NotImplementedError"), (literal(message),))
    return make.line(cst.Raise(exc=lay_out(node, Room(block=4, before=10))), above=above)
