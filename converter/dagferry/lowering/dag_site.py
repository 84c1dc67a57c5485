"""A place that makes a DAG, and what every pass asks about its statements."""

from __future__ import annotations

from dataclasses import dataclass, field

from dagferry.messages import Reason
from dagferry.source.airflow_names import DAG_CLASSES
from dagferry.source.project import ParsedModule
from dagferry.source.scope import qualified
from dagferry.syntax import grammar
from dagferry.syntax.walking import stores


@dataclass(eq=False)
class RawSite:
    """A place that makes a DAG. `key` is what the machine knows it by."""

    form: str
    statement: grammar.Statement
    call: grammar.Expression
    key: grammar.Node
    variable: str | None
    path: tuple[str, ...]
    body: list[grammar.Statement]
    moved: list[grammar.Statement] = field(default_factory=list)
    returned: grammar.Return | None = None
    problem: Reason | None = None


def is_dag_call(node: grammar.Node, module: ParsedModule) -> bool:
    """Whether an expression makes a DAG."""
    return isinstance(node, grammar.Call) and qualified(node.func, module.imports) in DAG_CLASSES


def is_main_block(statement: grammar.Statement) -> bool:
    """Whether a statement is `if __name__ == "__main__":`."""
    match statement:
        case grammar.If(test=grammar.Compare(left=grammar.Name(id="__name__"))):
            return True
    return False


def bound_in(body: list[grammar.Statement]) -> set[str]:
    """The names that statements bind, at any depth."""
    return {name.id for one in body for name in stores(one) if name.ctx == "store"}
