"""Whether a return annotation is a mapping: then Airflow pushes the keys of the result as well.

Airflow evaluates the annotation when the module is imported and asks for a subclass of
`collections.abc.Mapping` (`_TaskDecorator._infer_multiple_outputs` of Airflow 2.11.2 and 3.3.2). A
name that is not there yet counts as no mapping.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from dagferry.source.constants import Located, constants
from dagferry.source.project import ParsedModule, SourceProject
from dagferry.source.scope import qualified
from dagferry.syntax import grammar
from dagferry.syntax.index import parsed_expression
from dagferry.syntax.parse import Unreadable
from dagferry.syntax.spelling import spelled
from dagferry.syntax.walking import below

# Modules of the standard library that may be imported to look at their classes.
_STANDARD = ("collections", "collections.abc", "configparser", "os", "types", "typing", "weakref")
# Packages whose classes of this use are none: frames, arrays, models, sessions.
_WITHOUT_MAPPINGS = frozenset(
    {"airflow", "geopandas", "numpy", "pandas", "pendulum", "polars", "pyarrow", "pydantic"}
    | {"pyspark", "sqlalchemy"}
)
_TYPED_DICTS = frozenset({"typing.TypedDict", "typing_extensions.TypedDict"})
_BUILTINS_THAT_ARE_NONE = frozenset(
    ["bool", "bytes", "float", "frozenset", "int", "list", "object", "set", "str", "tuple", "type"]
)


@dataclass(frozen=True)
class _Reader:
    project: SourceProject
    function: grammar.Node
    late: bool

    def is_mapping(self, found: Located, depth: int = 0) -> bool | None:
        node, module = found.node, found.module
        if depth > 20:
            return None
        match node:
            case grammar.Constant(value=str(text)):
                return self._text(text, module, depth)
            case grammar.Constant() | grammar.BinOp() | grammar.List() | grammar.Tuple():
                return False
            case grammar.Subscript(value=head, slice=inside):
                if self._origin(head, module) in (
                    "typing.Annotated",
                    "typing_extensions.Annotated",
                ):
                    first = inside.elts[0] if isinstance(inside, grammar.Tuple) else inside
                    return self.is_mapping(Located(first, module), depth + 1)
                return self.is_mapping(Located(head, module), depth + 1)
            case grammar.Call(func=head):
                return self._origin(head, module) in _TYPED_DICTS or None
            case grammar.Name() | grammar.Attribute():
                return self._named(node, module, depth)
        return None

    def _text(self, text: str, module: ParsedModule, depth: int) -> bool | None:
        try:
            parsed = parsed_expression(text)
        except Unreadable:
            return False
        return _Reader(self.project, self.function, True).is_mapping(
            Located(parsed, module), depth + 1
        )

    def _origin(self, node: grammar.Expression, module: ParsedModule) -> str:
        return qualified(node, module.imports) or ""

    def _named(
        self, node: grammar.Name | grammar.Attribute, module: ParsedModule, depth: int
    ) -> bool | None:
        origin = self._origin(node, module)
        if isinstance(node, grammar.Name) and not origin:
            return self._local(node.id, module, depth)
        if isinstance(node, grammar.Name) and _only_for_checkers(node.id, module):
            return False
        located = self.project.locate(origin)
        if located is not None:
            return self._local(located[1], located[0], depth + 1)
        return _of_the_library(origin)

    def _local(self, name: str, module: ParsedModule, depth: int) -> bool | None:
        for node in module.index.of(grammar.ClassDef):
            if node.name == name:
                return self._class(node, module, depth)
        alias = constants(module, self.project).single.get(name)
        if alias is not None:
            return self.is_mapping(Located(alias, module), depth + 1)
        if name == "dict":
            return True
        return False if name in _BUILTINS_THAT_ARE_NONE else None

    def _class(self, node: grammar.ClassDef, module: ParsedModule, depth: int) -> bool | None:
        if self.late and self._comes_later(node, module):
            return False
        found: list[bool | None] = []
        for base in node.bases:
            head = base.value if isinstance(base, grammar.Subscript) else base
            typed = self._origin(head, module) in _TYPED_DICTS
            found.append(typed or self.is_mapping(Located(base, module), depth + 1))
        return True if True in found else None if None in found else False

    def _comes_later(self, node: grammar.ClassDef, module: ParsedModule) -> bool:
        """Whether the class is not there yet when Airflow evaluates the text."""
        return self.function.home is module.index and node.line > self.function.line


def returns_mapping(
    function: grammar.Node, module: ParsedModule, project: SourceProject
) -> bool | None:
    """Whether the function's result is split by its keys; None when reading does not tell."""
    returns = getattr(function, "returns", None)
    if returns is None:
        return False
    return _Reader(project, function, _evaluates_late(module)).is_mapping(Located(returns, module))


def _evaluates_late(module: ParsedModule) -> bool:
    """Whether annotations are kept as text (`from __future__ import annotations`)."""
    return module.imports.get("annotations") == "__future__.annotations"


def _only_for_checkers(name: str, module: ParsedModule) -> bool:
    """Whether only `if TYPE_CHECKING:` imports a name: it is not there in a run."""
    for node in module.tree.body:
        if isinstance(node, grammar.If) and "TYPE_CHECKING" in spelled(node.test):
            aliases = [one for inner in node.body for one in below(inner, grammar.Alias)]
            if name in {alias.asname or alias.name for alias in aliases}:
                return True
    return False


def _of_the_library(origin: str) -> bool | None:
    module, _, name = origin.rpartition(".")
    if module not in _STANDARD:
        root = origin.partition(".")[0]
        return False if root in sys.stdlib_module_names | _WITHOUT_MAPPINGS else None
    found = getattr(importlib.import_module(module), name, None)
    kind = getattr(found, "__origin__", found)
    return isinstance(kind, type) and issubclass(kind, Mapping)
