"""What the body of a function does with Airflow's context: its reads, pulls and pushes."""

from __future__ import annotations

from dagferry.model.context_names import (
    CONTEXT,
    ONLY_AIRFLOW_2,
    ONLY_AIRFLOW_3,
    RUN,
    TASK_INSTANCE,
)
from dagferry.model.function import ContextRead, Pull, Push
from dagferry.model.values import Span
from dagferry.source.lacking_parts import PartsAsked
from dagferry.source.project import ParsedModule
from dagferry.source.xcom import Opaque, read_pull, read_push
from dagferry.syntax import grammar
from dagferry.syntax.walking import below, body, named, walk

_NAMES = CONTEXT | ONLY_AIRFLOW_3
FunctionNode = grammar.FunctionDef | grammar.AsyncFunctionDef


def _key_named(node: grammar.Node, mapping: str | None) -> str | None:
    """The literal key by which a node asks for something of the mapping of that name."""
    match node:
        case grammar.Subscript(value=grammar.Name(id=name), slice=grammar.Constant(value=str(key))):
            return key if name == mapping else None
        case grammar.Call(
            func=grammar.Attribute(value=grammar.Name(id=name), attr="get" | "pop" | "setdefault"),
            args=[grammar.Constant(value=str(key)), *_],
        ):
            return key if name == mapping else None
        case grammar.Compare(
            left=grammar.Constant(value=str(key)),
            ops=["in" | "not in"],
            comparators=[grammar.Name(id=name)],
        ):
            return key if name == mapping else None
    return None


class ContextUse:
    """One walk over a function's body that accounts for every mention of the context."""

    def __init__(self, node: FunctionNode, module: ParsedModule, airflow_version: int) -> None:
        self.node = node
        self.version = airflow_version
        self.module = module
        self.double = node.args.kwarg.arg if node.args.kwarg else None
        named = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        known = CONTEXT if airflow_version == 2 else _NAMES - ONLY_AIRFLOW_2
        self.of_run = RUN if airflow_version == 2 else RUN - ONLY_AIRFLOW_2
        self.context_parameters = [a.arg for a in named if a.arg in known]
        self.instances = {name for name in self.context_parameters if name in TASK_INSTANCE}
        self.aliases: list[Span] = []
        self.pulls: list[Pull] = []
        self.pushes: list[Push] = []
        self.reads: list[ContextRead] = []
        self.opaque: str | None = None
        self.accounted: set[grammar.Node] = set()

    @property
    def uses_context(self) -> bool:
        """Whether the body takes anything at all from the context."""
        found = self.context_parameters or self.aliases or self.pulls or self.pushes or self.reads
        return bool(found or self.opaque)

    def context_keys(self) -> set[str]:
        """The variables that are named as keys of `**kwargs`, by functions in the body too."""
        asking = below(self.node, grammar.Subscript, grammar.Call, grammar.Compare)
        return {_key_named(node, self.double) or "" for node in asking} & _NAMES

    def lacking(self) -> tuple[str, ...]:
        """What the body asks of the context's objects and a flow's do not have: `ti.hostname`."""
        arguments = self.node.args
        named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        # Callbacks are given the whole context in one parameter.
        whole = {self.double} | {one.arg for one in named} & {"context"}

        def key_of(node: grammar.Expression) -> str | None:
            return next((key for name in whole if (key := _key_named(node, name))), None)

        return PartsAsked(self.node, self.context_parameters, key_of, self.version).lacking()

    def read(self) -> None:
        """Fill in what the body does with the context."""
        try:
            self._find_aliases()
            for statement in self.node.body:
                self._statement(statement)
            self._expressions()
            self._leftover()
        except Opaque as reason:
            self.opaque = str(reason)

    def _find_aliases(self) -> None:
        for statement in self.node.body:
            match statement:
                case grammar.Assign(targets=[grammar.Name(id=name)], value=value) if (
                    self._is_instance(value)
                ):
                    self.instances.add(name)
                    self.aliases.append(self.module.source.span(statement))
                    self.accounted |= {statement.targets[0], *walk(value)}

    def _is_instance(self, node: grammar.Expression) -> bool:
        if isinstance(node, grammar.Name):
            return node.id in self.instances
        return self._context_key(node) in TASK_INSTANCE

    def _context_key(self, node: grammar.Expression) -> str | None:
        match node:
            case grammar.Subscript(
                value=grammar.Name(id=name), slice=grammar.Constant(value=str(key))
            ):
                return key if name == self.double else None
            case grammar.Call(
                func=grammar.Attribute(value=grammar.Name(id=name), attr="get"),
                args=[grammar.Constant(value=str(key))],
                keywords=[],
            ):
                return key if name == self.double else None
        return None

    def _statement(self, statement: grammar.Statement) -> None:
        match statement:
            case grammar.Expr(
                value=grammar.Call(func=grammar.Attribute(value=owner, attr="xcom_push")) as call
            ):
                if self._is_instance(owner):
                    self._push(statement, call)
            case grammar.Assign(targets=[grammar.Name(id=name)], value=grammar.Call() as call):
                if self._is_pull(call):
                    self._pull(call, name, statement)
            case grammar.Assign(targets=[grammar.Name(id=name)], value=value):
                key = self._context_key(value)
                if key in self.of_run:
                    self._read(value, key, name, statement)

    def _is_pull(self, node: grammar.Node) -> bool:
        match node:
            case grammar.Call(func=grammar.Attribute(value=owner, attr="xcom_pull")):
                return self._is_instance(owner)
        return False

    def _push(self, statement: grammar.Expr, call: grammar.Call) -> None:
        self.pushes.append(read_push(statement, call, self.node, self.module))
        assert isinstance(call.func, grammar.Attribute)
        self.accounted |= {*walk(call.func)}

    def _pull(
        self, call: grammar.Call, name: str | None, statement: grammar.Statement | None
    ) -> None:
        whole = name if name and self._bound_once(name) else None
        span = self.module.source.span(statement) if statement and whole else None
        self.pulls.append(read_pull(call, whole, span, self.module))
        self.accounted |= set(walk(call))

    def _bound_once(self, name: str) -> bool:
        bound = [one for one in named(self.node, name) if one.ctx != "load"]
        parameters = {one.arg for one in below(self.node.args, grammar.Parameter)}
        return len(bound) == 1 and name not in parameters

    def _read(
        self,
        node: grammar.Expression,
        key: str,
        name: str | None,
        statement: grammar.Statement | None,
    ) -> None:
        whole = name if name and self._bound_once(name) else None
        span = self.module.source.span(statement) if statement and whole else None
        place = self.module.source.span(node)
        self.reads.append(ContextRead(span=place, key=key, assigned=whole, statement=span))
        self.accounted |= set(walk(node))

    def _expressions(self) -> None:
        for node in body(self.node, grammar.Subscript, grammar.Call):
            if node in self.accounted:
                continue
            key = self._context_key(node)
            if self._is_pull(node):
                assert isinstance(node, grammar.Call)
                self._pull(node, None, None)
            elif key is not None and key in self.of_run:
                self._read(node, key, None, None)

    def _leftover(self) -> None:
        watched = self.instances | ({self.double} if self.double else set())
        names = [one for name in watched for one in named(self.node, name)]
        yields = below(self.node, grammar.Yield, grammar.YieldFrom) if self.pushes else []
        for node in sorted([*names, *yields], key=lambda one: one.number):
            if isinstance(node, grammar.Name) and node not in self.accounted:
                what = f"`{node.id}` on line {node.line}"
                raise Opaque(f"its body uses {what} in a way that cannot be followed")
            if isinstance(node, (grammar.Yield, grammar.YieldFrom)):
                raise Opaque("its body is a generator")
        if self.pushes and body(self.node, grammar.Return, grammar.Raise):
            raise Opaque("it pushes and may leave before its end")
        if {read.key for read in self.reads} & set(self.context_parameters):
            # Airflow gives a named parameter its variable and leaves it out of `**kwargs`.
            raise Opaque("it looks in `**` for what a parameter is named after")
        other = [n for n in self.context_parameters if n not in RUN | TASK_INSTANCE]
        if other:
            raise Opaque(f"it takes `{other[0]}` from the context")
