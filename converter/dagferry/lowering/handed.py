"""What of a call that is not converted the flow still needs: the tasks that its arguments hand on."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from dagferry.source.machine import Machine
from dagferry.source.project import is_airflow
from dagferry.source.scope import qualified
from dagferry.source.walking import children, walk

_DISPLAYS = (ast.Dict, ast.List, ast.Tuple, ast.Set, ast.Starred, ast.keyword)


class Handed:
    """Finds the parts of arguments that stand for tasks, in a module with these imports."""

    def __init__(self, machine: Machine, imports: dict[str, str]) -> None:
        self.machine = machine
        self.imports = imports

    def below(self, node: ast.Call) -> Iterator[ast.expr]:
        """Those of a call, and of `.partial(...)` and `.override(...)` before it."""
        function = node.func.value if isinstance(node.func, ast.Attribute) else node.func
        if isinstance(function, ast.Call):
            yield from self.below(function)
        for argument in [*node.args, *node.keywords]:
            yield from self._parts(argument)

    def _parts(self, node: ast.AST) -> Iterator[ast.expr]:
        if isinstance(node, _DISPLAYS) or self._wraps(node):
            for child in children(node):
                yield from self._parts(child)
        elif isinstance(node, ast.expr) and any(map(self.machine.hands_on, walk(node))):
            yield node

    def _wraps(self, node: ast.AST) -> bool:
        """Whether a call is of something of Airflow's, such as `XComArg(a)`, that flows lack."""
        if not isinstance(node, ast.Call) or node in self.machine.site_callees:
            return False
        return is_airflow(qualified(node.func, self.imports) or "")
