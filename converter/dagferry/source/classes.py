"""Following the body of a class: settings that a team keeps as attributes of one."""

from __future__ import annotations

from dagferry.source.abstract import Abstract, ClassValue, External, Scope
from dagferry.source.following import Follower
from dagferry.source.scope import qualified
from dagferry.syntax import grammar

_DEFINITIONS = (grammar.FunctionDef, grammar.AsyncFunctionDef, grammar.ClassDef)
#: Decorators that leave the attributes of a class as they are.
_HARMLESS = frozenset({"dataclasses.dataclass", "typing.final"})


def follow_class(node: grammar.ClassDef, scope: Scope, machine: Follower) -> ClassValue:
    """A class, with the attributes that it has or inherits from another class of the folder."""
    bases = [machine.evaluate(base, scope) for base in node.bases]
    if not _is_plain(node, bases, scope):
        return ClassValue(node, scope.module)
    inner = Scope(scope.module, outer=scope)
    machine.execute([one for one in node.body if not isinstance(one, _DEFINITIONS)], inner)
    names: dict[str, Abstract] = {}
    for base in reversed(bases):
        names |= base.names if isinstance(base, ClassValue) else {}
    return ClassValue(node, scope.module, names | inner.names)


def _is_plain(node: grammar.ClassDef, bases: list[Abstract], scope: Scope) -> bool:
    """Whether an attribute is what the body binds: no enumeration, no model of a library."""
    known = [isinstance(base, ClassValue) or base == External("builtins.object") for base in bases]
    decorators = [one.func if isinstance(one, grammar.Call) else one for one in node.decorator_list]
    names = [qualified(one, scope.module.imports) for one in decorators]
    return all(known) and not node.keywords and all(name in _HARMLESS for name in names)
