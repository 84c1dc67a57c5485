"""Reading the function that a task runs: its parameters, and its use of Airflow's context."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from dagferry.model.function import ContextRead, Function, Parameter, Pull, Push
from dagferry.model.values import Span
from dagferry.source.constants import changes
from dagferry.source.context_names import CONTEXT, RUN, TASK_INSTANCE
from dagferry.source.project import ParsedModule
from dagferry.source.walking import children, walk
from dagferry.source.xcom import Opaque, read_pull, read_push

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


def read_function(
    node: FunctionNode,
    name: str,
    module: ParsedModule,
    *,
    decorator: ast.expr | None,
    may_skip: bool,
    called_directly: bool,
    refused: str | None,
    airflow_names: tuple[str, ...],
) -> Function:
    """What the function takes from the context, pushes, pulls and returns."""
    source = module.source
    use = _ContextUse(node, module)
    use.read()
    return Function(
        name=name,
        span=source.full_span(node),
        definition=source.span(node),
        signature=signature_span(node, module),
        body=source.between(source.full_span(node.body[0]).start, source.span(node).end),
        parameters=tuple(_parameters(node, module)),
        context_parameters=tuple(use.context_parameters),
        aliases=tuple(use.aliases),
        pulls=tuple(use.pulls),
        pushes=tuple(use.pushes),
        reads=tuple(use.reads),
        context_keys=tuple(sorted(use.context_keys())),
        returns_value=_returns_value(node),
        opaque=use.opaque,
        uses_context=use.uses_context,
        may_skip=may_skip,
        called_directly=called_directly,
        decorator=source.span(decorator) if decorator else None,
        refused=refused,
        airflow_names=airflow_names,
        local_names=tuple(sorted(_local_names(node))),
        changed=tuple(sorted(_changed(node))),
    )


def own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Every node below, without going into functions and classes; nothing for those themselves."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return
    yield from _below(node)


def body_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """Every node of a function itself, without going into those nested in it."""
    return _below(function)


def _below(node: ast.AST) -> Iterator[ast.AST]:
    stack = list(reversed(children(node)))
    while stack:
        one = stack.pop()
        yield one
        if not isinstance(one, _NESTED):
            stack += reversed(children(one))


_NESTED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def _returns_value(node: FunctionNode) -> bool:
    values = [child.value for child in _below(node) if isinstance(child, ast.Return)]
    return any(v is not None and not _is_none(v) for v in values)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _changed(node: FunctionNode) -> set[str]:
    """The names of what the body changes in place: `x.append(1)`, `x["k"] = 1`, `x += [1]`."""
    found: set[str] = set()
    for child in walk(node):
        found |= changes(child)
        if isinstance(child, ast.AugAssign) and isinstance(child.target, ast.Name):
            found.add(child.target.id)
    return found


def _local_names(node: FunctionNode) -> set[str]:
    names = {child.arg for child in walk(node) if isinstance(child, ast.arg)}
    return names | {child.id for child in walk(node) if isinstance(child, ast.Name)}


def _parameters(node: FunctionNode, module: ParsedModule) -> Iterator[Parameter]:
    arguments = node.args
    plain = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(plain) - len(arguments.defaults)) + list(arguments.defaults)
    for argument, default in zip(plain, defaults):
        yield _parameter(argument, "plain", default, module)
    if arguments.vararg:
        yield _parameter(arguments.vararg, "star", None, module)
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults):
        yield _parameter(argument, "keyword", default, module)
    if arguments.kwarg:
        yield _parameter(arguments.kwarg, "double", None, module)


def _parameter(
    node: ast.arg, kind: str, default: ast.expr | None, module: ParsedModule
) -> Parameter:
    source = module.source
    span = source.span(node)
    stars = {"star": 1, "double": 2}.get(kind, 0)
    start = span.start
    if stars:
        start = source.text.rindex("*" * stars, 0, span.start)
    end = source.span(default).end if default is not None else span.end
    return Parameter(
        name=node.arg, kind=kind, span=source.between(start, end), default=default is not None
    )


def signature_span(node: FunctionNode, module: ParsedModule) -> Span:
    """Where the parameters stand, parentheses included."""
    source = module.source
    start = source.text.index("(", source.span(node).start)
    ends = [source.span(a).end for a in walk(node.args) if isinstance(a, (ast.arg, ast.expr))]
    close = source.text.index(")", max([start + 1, *ends]))
    return source.between(start, close + 1)


def _key_named(node: ast.AST, mapping: str | None) -> str | None:
    """The literal key by which a node asks for something of the mapping of that name."""
    match node:
        case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str(key))):
            return key if name == mapping else None
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id=name), attr="get" | "pop" | "setdefault"),
            args=[ast.Constant(value=str(key)), *_],
        ):
            return key if name == mapping else None
        case ast.Compare(
            left=ast.Constant(value=str(key)),
            ops=[ast.In() | ast.NotIn()],
            comparators=[ast.Name(id=name)],
        ):
            return key if name == mapping else None
    return None


class _ContextUse:
    """One walk over a function's body that accounts for every mention of the context."""

    def __init__(self, node: FunctionNode, module: ParsedModule) -> None:
        self.node = node
        self.module = module
        self.double = node.args.kwarg.arg if node.args.kwarg else None
        named = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        self.context_parameters = [a.arg for a in named if a.arg in CONTEXT]
        self.instances = {name for name in self.context_parameters if name in TASK_INSTANCE}
        self.aliases: list[Span] = []
        self.pulls: list[Pull] = []
        self.pushes: list[Push] = []
        self.reads: list[ContextRead] = []
        self.opaque: str | None = None
        self.accounted: set[ast.AST] = set()

    @property
    def uses_context(self) -> bool:
        """Whether the body takes anything at all from the context."""
        found = self.context_parameters or self.aliases or self.pulls or self.pushes or self.reads
        return bool(found or self.opaque)

    def context_keys(self) -> set[str]:
        """The variables that are named as keys of `**kwargs`, by functions in the body too."""
        return {_key_named(node, self.double) or "" for node in walk(self.node)} & CONTEXT

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
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if self._is_instance(
                    value
                ):
                    self.instances.add(name)
                    self.aliases.append(self.module.source.span(statement))
                    self.accounted |= {statement.targets[0], *walk(value)}

    def _is_instance(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Name):
            return node.id in self.instances
        return self._context_key(node) in TASK_INSTANCE

    def _context_key(self, node: ast.expr) -> str | None:
        match node:
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str(key))):
                return key if name == self.double else None
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=name), attr="get"),
                args=[ast.Constant(value=str(key))],
                keywords=[],
            ):
                return key if name == self.double else None
        return None

    def _statement(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Expr(
                value=ast.Call(func=ast.Attribute(value=owner, attr="xcom_push")) as call
            ):
                if self._is_instance(owner):
                    self._push(statement, call)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call):
                if self._is_pull(call):
                    self._pull(call, name, statement)
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                key = self._context_key(value)
                if key in RUN:
                    self._read(value, key, name, statement)

    def _is_pull(self, node: ast.AST) -> bool:
        match node:
            case ast.Call(func=ast.Attribute(value=owner, attr="xcom_pull")):
                return self._is_instance(owner)
        return False

    def _push(self, statement: ast.Expr, call: ast.Call) -> None:
        self.pushes.append(read_push(statement, call, self.node, self.module))
        assert isinstance(call.func, ast.Attribute)
        self.accounted |= {*walk(call.func)}

    def _pull(self, call: ast.Call, name: str | None, statement: ast.stmt | None) -> None:
        whole = name if name and self._bound_once(name) else None
        span = self.module.source.span(statement) if statement and whole else None
        self.pulls.append(read_pull(call, whole, span, self.module))
        self.accounted |= set(walk(call))

    def _bound_once(self, name: str) -> bool:
        stores = [
            n
            for n in walk(self.node)
            if isinstance(n, ast.Name) and n.id == name and not isinstance(n.ctx, ast.Load)
        ]
        parameters = {a.arg for a in walk(self.node.args) if isinstance(a, ast.arg)}
        return len(stores) == 1 and name not in parameters

    def _read(self, node: ast.expr, key: str, name: str | None, statement: ast.stmt | None) -> None:
        whole = name if name and self._bound_once(name) else None
        span = self.module.source.span(statement) if statement and whole else None
        place = self.module.source.span(node)
        self.reads.append(ContextRead(span=place, key=key, assigned=whole, statement=span))
        self.accounted |= set(walk(node))

    def _expressions(self) -> None:
        for node in body_nodes(self.node):
            if node in self.accounted or not isinstance(node, ast.expr):
                continue
            key = self._context_key(node)
            if self._is_pull(node):
                assert isinstance(node, ast.Call)
                self._pull(node, None, None)
            elif key is not None and key in RUN:
                self._read(node, key, None, None)

    def _leftover(self) -> None:
        watched = self.instances | ({self.double} if self.double else set())
        for node in walk(self.node):
            if isinstance(node, ast.Name) and node.id in watched and node not in self.accounted:
                what = f"`{node.id}` on line {node.lineno}"
                raise Opaque(f"its body uses {what} in a way that cannot be followed")
            if isinstance(node, (ast.Yield, ast.YieldFrom)) and self.pushes:
                raise Opaque("its body is a generator")
        if self.pushes and any(
            isinstance(node, (ast.Return, ast.Raise)) for node in body_nodes(self.node)
        ):
            raise Opaque("it pushes and may leave before its end")
        if {read.key for read in self.reads} & set(self.context_parameters):
            # Airflow gives a named parameter its variable and leaves it out of `**kwargs`.
            raise Opaque("it looks in `**` for what a parameter is named after")
        other = [n for n in self.context_parameters if n not in RUN | TASK_INSTANCE]
        if other:
            raise Opaque(f"it takes `{other[0]}` from the context")
