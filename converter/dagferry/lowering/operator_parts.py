"""What a method of an operator class of the folder asks of its operator, and those of a flow do not have."""

from __future__ import annotations

from dagferry.constructs._operator_attributes import LACKING
from dagferry.constructs._registry import class_claimant
from dagferry.source.project import ParsedModule, SourceProject
from dagferry.syntax import grammar
from dagferry.syntax.walking import below

FunctionNode = grammar.FunctionDef | grammar.AsyncFunctionDef


def operator_parts(node: FunctionNode, module: ParsedModule, project: SourceProject) -> set[str]:
    """`self.xcom_push`, as it is to be named; nothing for a function that is no such method."""
    owner = node.home.nodes[node.owner] if node.owner >= 0 else None
    named = [*node.args.posonlyargs, *node.args.args]
    if not isinstance(owner, grammar.ClassDef) or not named:
        return set()
    if class_claimant(project.base_names(owner, module)) is None:
        return set()
    own, me = _own_names(owner, module, project), named[0].arg
    asked = {
        one.attr
        for one in below(node, grammar.Attribute)
        if isinstance(one.value, grammar.Name) and one.value.id == me and one.ctx == "load"
    }
    return {f"{me}.{name}" for name in (asked & LACKING) - own}


def _own_names(owner: grammar.ClassDef, module: ParsedModule, project: SourceProject) -> set[str]:
    """What the class and those of the folder that it derives from define or set on themselves."""
    found: set[str] = set()
    for one, _ in project.classes(owner, module):
        found |= {inner.attr for inner in below(one, grammar.Attribute) if inner.ctx == "store"}
        found |= {inner.name for inner in one.body if isinstance(inner, _NAMED)}
        found |= {inner.id for inner in below(one, grammar.Name) if inner.ctx == "store"}
    return found


_NAMED = (grammar.FunctionDef, grammar.AsyncFunctionDef, grammar.ClassDef)
