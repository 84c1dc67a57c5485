"""Which calls make tasks, and what they call."""

from __future__ import annotations

from dataclasses import replace

from dagferry.constructs._base import Construct
from dagferry.constructs._registry import claimant, class_claimant
from dagferry.source.abstract import Abstract, ClassValue, External, FunctionValue, Known, Partial
from dagferry.source.machine import Machine
from dagferry.source.merging import merged
from dagferry.source.project import ParsedModule
from dagferry.source.scope import qualified
from dagferry.syntax import grammar


def task_calls(module: ParsedModule, machine: Machine) -> list[grammar.Call]:
    """Every call of the module that makes a task, in the order of their places."""
    return [node for node in module.index.of(grammar.Call) if _makes_task(node, module, machine)]


def _makes_task(node: grammar.Call, module: ParsedModule, machine: Machine) -> bool:
    return node in machine.site_callees or claimed(node, module, machine) is not None


def claimed(
    node: grammar.Call, module: ParsedModule, machine: Machine
) -> tuple[str, Construct] | None:
    """The construct of the operator that a call makes, and the name that it is claimed by."""
    origins = [qualified(node.func, module.imports)]
    callees = machine.site_callees.get(node, [])
    if len(callees) == 1 and isinstance(callees[0], External):
        # The name may come by way of another module of the folder.
        origins.append(callees[0].name)
    for origin in filter(None, origins):
        construct = claimant(origin)
        if construct is not None:
            return (origin, construct) if construct.kind == "operator" else None
    classes = {one.node: one for one in callees if isinstance(one, ClassValue)}
    if len(classes) != 1 or len(classes) != len(set(map(type, callees))):
        return None
    (known,) = classes.values()
    return class_claimant(machine.project.base_names(known.node, known.module))


def partial_of(node: grammar.Call, machine: Machine) -> Partial | None:
    """What a method was called on that makes a task, such as `operator.partial(...).expand(...)`."""
    callees = machine.site_callees.get(node, [])
    found = [one for one in callees if isinstance(one, Partial)]
    same = {_identity(one.callee) for one in found}
    if len(found) < len(callees) or len(same) != 1:
        return None
    names = dict.fromkeys(name for one in found for name in one.named)
    named = {
        name: merged([one.named.get(name, Known(None)) for one in found], name) for name in names
    }
    return replace(found[0], named=named, plain=all(one.plain for one in found))


def _identity(callee: Abstract) -> object:
    if isinstance(callee, (FunctionValue, ClassValue)):
        return callee.node
    return callee.name if isinstance(callee, External) else callee
