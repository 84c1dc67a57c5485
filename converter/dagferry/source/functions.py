"""Reading the function that a task runs: its parameters, and its use of Airflow's context."""

from __future__ import annotations

from collections.abc import Iterator

from dagferry.model.function import Function
from dagferry.model.parameters import Parameter
from dagferry.model.task import Refusal
from dagferry.model.values import Span
from dagferry.source.bound_names import changed_below
from dagferry.source.context_use import ContextUse, FunctionNode
from dagferry.source.json_keys import handing_on, line_of_changing_keys
from dagferry.source.project import ParsedModule
from dagferry.source.results import splits, unserializable, unsplittable
from dagferry.source.scope import qualified
from dagferry.syntax import grammar
from dagferry.syntax.walking import below, body, children


def read_function(
    node: FunctionNode,
    name: str,
    module: ParsedModule,
    *,
    decorator: grammar.Expression | None,
    may_skip: bool,
    called_directly: bool,
    refused: Refusal | None,
    airflow_names: tuple[str, ...],
    lacking: tuple[str, ...],
    airflow_version: int,
) -> Function:
    """What the function takes from the context, pushes, pulls and returns."""
    source = module.source
    use = ContextUse(node, module, airflow_version)
    use.read()
    own = handing_on(node)
    return Function(
        name=name,
        span=source.full_span(node),
        definition=source.span(node),
        signature=signature_span(node, module),
        body=source.between(source.full_span(node.body[0]).start, source.span(node).end),
        parameters=tuple(read_parameters(node, module)),
        context_parameters=tuple(use.context_parameters),
        aliases=tuple(use.aliases),
        pulls=tuple(use.pulls),
        pushes=tuple(use.pushes),
        reads=tuple(use.reads),
        context_keys=tuple(sorted(use.context_keys())),
        lacking=lacking,
        returns_value=_returns_value(node),
        changing_keys=line_of_changing_keys(own),
        exits=_line_of_exit(node, module),
        generates=generates(node),
        is_async=isinstance(node, grammar.AsyncFunctionDef),
        unserializable=unserializable(own, module, airflow_version),
        unsplittable=unsplittable(own),
        splits=splits(own),
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


def generates(node: FunctionNode | grammar.Lambda) -> bool:
    """Whether its own body yields."""
    return bool(body(node, grammar.Yield) or body(node, grammar.YieldFrom))


def _line_of_exit(node: FunctionNode, module: ParsedModule) -> int | None:
    """Where the body itself asks for the end of the process."""
    for one in body(node, grammar.Call, grammar.Raise):
        match one:
            case grammar.Call(func=grammar.Attribute() as asked) if (
                qualified(asked, module.imports) == "sys.exit"
            ):
                return one.line
            case grammar.Call(func=grammar.Name(id="exit" | "quit" as name)) if (
                name not in module.imports
            ):
                return one.line
            case grammar.Call(func=grammar.Name() as asked) if (
                qualified(asked, module.imports) == "sys.exit"
            ):
                return one.line
            case grammar.Raise(
                exc=grammar.Name(id="SystemExit") | grammar.Call(func=grammar.Name(id="SystemExit"))
            ):
                return one.line
    return None


def _returns_value(node: FunctionNode) -> bool:
    values = [child.value for child in body(node, grammar.Return)]
    return any(v is not None and not _is_none(v) for v in values)


def _is_none(node: grammar.Expression) -> bool:
    return isinstance(node, grammar.Constant) and node.value is None


def _changed(node: FunctionNode) -> set[str]:
    """The names of what the body changes in place: `x.append(1)`, `x["k"] = 1`, `x += [1]`."""
    targets = [child.target for child in below(node, grammar.AugAssign)]
    return changed_below(node) | {one.id for one in targets if isinstance(one, grammar.Name)}


def _local_names(node: FunctionNode) -> set[str]:
    names = {child.arg for child in below(node, grammar.Parameter)}
    return names | {child.id for child in below(node, grammar.Name)}


def read_parameters(
    node: FunctionNode | grammar.Lambda, module: ParsedModule
) -> Iterator[Parameter]:
    """The parameters of a function or a lambda, in order."""
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
    node: grammar.Parameter, kind: str, default: grammar.Expression | None, module: ParsedModule
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
    ends = [source.span(one).end for one in children(node.args)]
    return source.between(start, _closing(source.text, max([start + 1, *ends])))


def _closing(text: str, position: int) -> int:
    """Behind the bracket that closes the parameters; comments before it may hold others."""
    while text[position] != ")":
        position = text.index("\n", position) if text[position] == "#" else position + 1
    return position + 1
