"""The statement ledger: what every statement of DAG-building code is."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Collection, Mapping, Sequence

from dagferry import messages
from dagferry.constructs._registry import claims
from dagferry.findings import Finding
from dagferry.model.dag import Statement
from dagferry.source.project import ParsedModule
from dagferry.source.scope import qualified
from dagferry.source.text import SourceText
from dagferry.syntax import grammar
from dagferry.syntax.walking import below, loads

# Attributes of a DAG or a task that only describe it.
DESCRIPTIVE = frozenset(
    {"doc_md", "doc", "doc_json", "doc_yaml", "doc_rst", "ui_color", "ui_fgcolor"}
)


class StatementReader:
    """Classifies the statements of DAG-building code.

    `tasks` gives the position of each task call, `is_own` tells names of the folder's modules from
    those of other packages, `local` are the names that the module itself binds.
    """

    def __init__(
        self,
        module: ParsedModule,
        tasks: Mapping[grammar.Node, int],
        is_own: Callable[[str], bool],
        local: Collection[str],
    ) -> None:
        self.module = module
        self.tasks = tasks
        self.is_own = is_own
        self.local = local

    def read(self, body: Sequence[grammar.Statement]) -> tuple[Statement, ...]:
        """The statements of a suite."""
        return tuple(self.statement(node) for node in body)

    def statement(self, node: grammar.Statement) -> Statement:
        """One statement, with those inside it."""
        if isinstance(node, grammar.Return):
            return self._returned(node)
        kind, target = self._kind(node)
        if kind == "kept" and self._makes_groups(node):
            kind = "call"
        return Statement(
            kind=kind,
            span=self.module.source.full_span(node),
            target=target,
            tasks=tuple(self._tasks(node)),
            reads=tuple(sorted({name.id for name in loads(node)})),
            body=self._body(node, kind),
        )

    def _returned(self, node: grammar.Return) -> Statement:
        """What a `@dag` function returns is thrown away by Airflow, but it is evaluated."""
        if node.value is None:
            return Statement(kind="mention", span=self.module.source.span(node))
        return Statement(
            kind=self._expression(node.value),
            span=self.module.source.span(node.value),
            tasks=tuple(self._tasks(node)),
            reads=tuple(sorted({name.id for name in loads(node)})),
        )

    def _body(self, node: grammar.Statement, kind: str) -> tuple[Statement, ...]:
        if kind not in {"loop", "if", "with"}:
            return ()
        inner = [*getattr(node, "body", []), *getattr(node, "orelse", [])]
        return self.read(inner)

    def _makes_groups(self, node: grammar.Node) -> bool:
        names = [qualified(call.func, self.module.imports) for call in below(node, grammar.Call)]
        found = [claims().get(name or "") for name in names]
        return any(one is not None and one.kind == "group" for one in found)

    def _tasks(self, node: grammar.Node) -> list[int]:
        calls = below(node, grammar.Call)
        return sorted(self.tasks[call] for call in calls if call in self.tasks)

    def _kind(self, node: grammar.Statement) -> tuple[str, str | None]:
        match node:
            case grammar.Assign(targets=[grammar.Name(id=name)], value=value) if (
                value in self.tasks
            ):
                return "task", name
            case grammar.Expr(value=value):
                return self._expression(value), None
            case grammar.Assign(targets=[grammar.Attribute(attr="dag")], value=grammar.Name()):
                # `task.dag = dag`: the task stands in the flow of that DAG.
                return "mention", None
            case grammar.Assign(targets=[grammar.Attribute(attr=attr)]) if attr in DESCRIPTIVE:
                return "property", None
            case grammar.For() | grammar.AsyncFor() | grammar.While():
                return "loop", None
            case grammar.If():
                return "if", None
            case grammar.With():
                return "with", None
            case grammar.FunctionDef() | grammar.AsyncFunctionDef() | grammar.ClassDef():
                return "definition", node.name
            case grammar.Import() | grammar.ImportFrom():
                return "import", None
            case grammar.Delete(targets=targets) if all(
                isinstance(t, grammar.Name) for t in targets
            ):
                return "mention", None
        return "kept", None

    def _is_own(self, function: grammar.Expression) -> bool:
        """Whether a call may reach code of the folder, which may make tasks and edges."""
        if isinstance(function, grammar.Name) and function.id in dir(builtins):
            return function.id in self.local
        name = qualified(function, self.module.imports)
        return name is None or self.is_own(name)

    def _expression(self, value: grammar.Expression) -> str:
        if value in self.tasks:
            return "task"
        match value:
            case grammar.BinOp(op=">>" | "<<"):
                return "edge"
            case grammar.Call(func=grammar.Attribute(attr="set_upstream" | "set_downstream")):
                return "edge"
            case grammar.Call(func=function):
                name = qualified(function, self.module.imports)
                claimed = claims().get(name or "")
                if claimed is not None and claimed.kind == "edge":
                    return "edge"
                return "call" if self._is_own(function) else "kept"
            case grammar.Name():
                return "mention"
        return "kept"


def left_out_properties(
    body: Sequence[Statement], source: SourceText, dag: str | None
) -> list[Finding]:
    """Findings for the statements that only describe a task, or the DAG that the name `dag` is."""
    found: list[Finding] = []
    for statement in body:
        found += left_out_properties(statement.body, source, dag)
        if statement.kind != "property":
            continue
        span = statement.span
        target = source.text[span.start : span.end].partition("=")[0].strip()
        of_dag = target.partition(".")[0] == dag
        kind = "description of a DAG" if of_dag else "description of a task"
        found.append(messages.found(kind, argument=target, line=span.line, column=span.column))
    return found
