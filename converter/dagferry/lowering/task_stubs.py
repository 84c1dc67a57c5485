"""What stands for a task that is refused: its name, its arguments, and the function that becomes the stub."""

from __future__ import annotations

from collections.abc import Sequence

from dagferry.constructs._base import Refused
from dagferry.constructs._registry import claims
from dagferry.lowering.reserved_names import reserved_parameter
from dagferry.lowering.scopes import key_of
from dagferry.lowering.taskflow_calls import callee, is_mapped
from dagferry.lowering.upstream_arguments import UpstreamArguments
from dagferry.messages import Reason, reason
from dagferry.model.task import Argument, FunctionKey, Refusal, Task
from dagferry.model.values import Const, Value
from dagferry.source.abstract import Abstract, FunctionValue, Partial
from dagferry.source.airflow_names import decorator_of, short_name
from dagferry.source.code import code_of
from dagferry.source.machine import Machine
from dagferry.source.project import ParsedModule, is_airflow
from dagferry.source.scope import qualified
from dagferry.syntax import grammar
from dagferry.syntax.spelling import spelled


def stub_of(node: grammar.Call, refused: Refused, module: ParsedModule, machine: Machine) -> Task:
    """The task that raises in the place of one that is refused; what it depends on stays."""
    callees = machine.site_callees.get(node, [])
    function = _stubbed(node, callees, module)
    return Task(
        construct="manual",
        span=module.source.span(node),
        name=_rough_name(node, callees),
        arguments=tuple(
            Argument(value=code_of(one))
            for one in UpstreamArguments(machine, module.imports).below(node)
        ),
        refusal=Refusal(
            code=refused.code,
            subject=", ".join(one.subject for one in (refused, *refused.more)),
        ),
        function=function,
        body=code_of(callee(node)) if function else None,
        taskflow=function is not None,
    )


def _stubbed(
    node: grammar.Call, callees: Sequence[Abstract | None], module: ParsedModule
) -> FunctionKey | None:
    """The function whose decorator has no conversion: its own definition becomes the stub."""
    if len({id(getattr(c, "node", c)) for c in callees}) != 1 or is_mapped(node):
        return None
    for function in callees[:1]:
        if isinstance(function, FunctionValue) and function.module is module:
            decorator = decorator_of(function.node, function.module)
            if decorator is not None and (
                decorator[0] not in claims() or reserved_parameter(function.node.args)
            ):
                return key_of(function)
    return None


def _rough_name(node: grammar.Call, callees: Sequence[Abstract | None]) -> Value | None:
    inner: grammar.Expression = node
    while isinstance(inner, grammar.Call):
        for keyword in inner.keywords:
            if keyword.arg == "task_id":
                return _simple(keyword.value)
        inner = inner.func.value if isinstance(inner.func, grammar.Attribute) else inner.func
    functions = [f.callee if isinstance(f, Partial) else f for f in callees]
    name = next((_function_name(f) for f in functions if isinstance(f, FunctionValue)), None)
    return Const(value=name or spelled(inner))


def _simple(node: grammar.Expression) -> Value:
    if isinstance(node, grammar.Constant) and isinstance(node.value, str):
        return Const(value=node.value)
    return code_of(node)


def _function_name(function: FunctionValue) -> str | None:
    return getattr(function.node, "name", None)


def no_construct(node: grammar.Call, module: ParsedModule) -> Reason:
    """Why a call that makes a task is refused, where no construct claims what is called."""
    origin = qualified(node.func, module.imports)
    if is_mapped(node):
        return reason("mapping")
    if origin is not None and is_airflow(origin):
        return reason("operator of Airflow", name=short_name(origin))
    return reason("other operator", name=spelled(node.func))
