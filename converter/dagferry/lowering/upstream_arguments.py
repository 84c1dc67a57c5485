"""The arguments of a call that stand for tasks: what a stub must still run behind."""

from __future__ import annotations

from collections.abc import Iterator

from dagferry.constructs._registry import is_replaced
from dagferry.source.machine import Machine
from dagferry.source.project import is_airflow
from dagferry.source.scope import qualified
from dagferry.syntax import grammar
from dagferry.syntax.walking import below, children, walk

_DISPLAYS = (
    grammar.Dict,
    grammar.List,
    grammar.Tuple,
    grammar.Set,
    grammar.Starred,
    grammar.Keyword,
)


class UpstreamArguments:
    """Finds the parts of arguments that stand for tasks, in a module with these imports."""

    def __init__(self, machine: Machine, imports: dict[str, str]) -> None:
        self.machine = machine
        self.imports = imports

    def below(self, node: grammar.Call) -> Iterator[grammar.Expression]:
        """Those of a call, and of `.partial(...)` and `.override(...)` before it."""
        function = node.func.value if isinstance(node.func, grammar.Attribute) else node.func
        if isinstance(function, grammar.Call):
            yield from self.below(function)
        for argument in [*node.args, *node.keywords]:
            yield from self._parts(argument)

    def _parts(self, node: grammar.Node) -> Iterator[grammar.Expression]:
        if isinstance(node, _DISPLAYS) or self._wraps(node):
            for child in children(node):
                yield from self._parts(child)
        elif isinstance(node, grammar.Expression) and any(map(self.machine.hands_on, walk(node))):
            yield node

    def _wraps(self, node: grammar.Node) -> bool:
        """Whether a node holds something of Airflow's that flows lack, such as `XComArg(a)`."""
        if isinstance(node, grammar.Call) and node in self.machine.site_callees:
            return False
        calls = (
            call for call in below(node, grammar.Call) if call not in self.machine.site_callees
        )
        origins = (qualified(call.func, self.imports) or "" for call in calls)
        return any(is_airflow(origin) and not is_replaced(origin) for origin in origins)
