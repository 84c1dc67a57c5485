"""What an argument has for a value, where following the code told it."""

from __future__ import annotations

from typing import Any

from dagferry.errors import Impossible
from dagferry.source.abstract import Abstract, Items, Known, Origin, Table
from dagferry.source.bound_names import bound_times, functions_around
from dagferry.source.constants import Located
from dagferry.syntax import grammar
from dagferry.syntax.walking import below


def plain_value(value: Abstract) -> Any:
    """The Python value of what was followed. Raises Impossible when only a run knows."""
    match value:
        case Known():
            return value.value
        case Items(exact=True):
            return [plain_value(item) for item in value.items]
        case Table(exact=True):
            return {key: plain_value(item) for key, item in value.items.items()}
    raise Impossible


def followed_items(found: Located) -> dict[str, Located]:
    """The items of a dict that was followed. Raises Impossible when there may be others."""
    table = found.value
    if not isinstance(table, Table) or not table.exact:
        raise Impossible
    items: dict[str, Located] = {}
    for key, value in table.items.items():
        origin = table.origins.get(key)
        if origin is None:
            items[str(key)] = Located(found.node, found.module, value, spelled=False)
        else:
            home = origin.scope.module
            spelled = found.spelled and keeps_its_meaning(origin, found)
            items[str(key)] = Located(origin.node, home, value, spelled)
    return items


def keeps_its_meaning(origin: Origin, found: Located) -> bool:
    """Whether an expression means the same inside `found`, which may stand in another place."""
    if origin.node.home is found.node.home and found.node.holds(origin.node):
        return True
    if isinstance(origin.node, grammar.Constant):
        return True
    module = origin.scope.module
    around = functions_around(origin.node, module)
    if module is found.module and around and around[-1] not in functions_around(found.node, module):
        # The names of a helper function are not there.
        return False
    names = {node.id for node in below(origin.node, grammar.Name)}
    for function in reversed(around):
        local = bound_times(function, module)
        if any(local[name] > 1 for name in names):
            return False
        names -= set(local)
    times = bound_times(module.tree, module)
    return all(times[name] <= 1 for name in names)
