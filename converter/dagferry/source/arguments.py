"""The argument ledger: an operator's arguments, and which of them somebody asked for."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping
from typing import Any

from dagferry.errors import Impossible
from dagferry.model.values import Code, Const, Imported, Template, Value
from dagferry.source import jinja
from dagferry.source.abstract import Unknown
from dagferry.source.code import code_of
from dagferry.source.constants import Located, constants
from dagferry.source.followed_values import followed_items, plain_value
from dagferry.source.project import ParsedModule, SourceProject, is_airflow
from dagferry.source.scope import qualified
from dagferry.syntax import grammar
from dagferry.syntax.walking import below, named

_MISSING = object()


class Arguments:
    """The keywords of a call over the `default_args` that hold for it.

    What no construct has read is left in `leftover`, and is refused.
    """

    def __init__(
        self,
        call: grammar.Call,
        defaults: Mapping[str, Located],
        module: ParsedModule,
        project: SourceProject,
        never_template: Callable[[grammar.Expression], bool] = lambda _: False,
        *,
        unread_defaults: bool = False,
    ) -> None:
        self.call = call
        self.module = module
        self.project = project
        self.never_template = never_template
        self.given: dict[str, Located] = {}
        self.defaults = defaults
        self.spread = False
        self.unread_defaults = unread_defaults
        for keyword in call.keywords:
            self._take(keyword)
        self.positional = len(call.args)
        self._asked: set[str] = set()

    def _take(self, keyword: grammar.Keyword) -> None:
        """An argument, or those of a dict that is spread; `spread` says that one is computed."""
        if keyword.arg:
            self.given[keyword.arg] = Located(keyword.value, self.module)
            return
        try:
            self.given |= constants(self.module, self.project).dictionary(keyword.value)
        except Impossible:
            self.spread = True

    def find(self, name: str) -> Located | None:
        """The expression of an argument, from the call or else from `default_args`."""
        self._asked.add(name)
        return self.given.get(name) or self.defaults.get(name)

    def const(self, name: str, default: Any = None) -> Any:
        """The Python value of an argument. Raises Impossible when only a run knows."""
        found = self.find(name)
        return default if found is None else self.fold(found)

    def fold(self, found: Located) -> Any:
        """The Python value of an expression. Raises Impossible when only a run knows."""
        if found.value is not None:
            return plain_value(found.value)
        return constants(found.module, self.project).fold(found.node)

    def value(self, name: str) -> Value | None:
        """An argument as a value of the model. Raises Impossible when it cannot be carried over."""
        found = self.find(name)
        return None if found is None else self.as_value(found)

    def items(self, found: Located) -> dict[str, Located]:
        """The items of a dict expression. Raises Impossible when they are computed."""
        if found.value is not None:
            return followed_items(found)
        return constants(found.module, self.project).dictionary(found.node)

    def as_value(self, found: Located) -> Value:
        """An expression as a constant, or as the user's code when it stands in this module."""
        try:
            folded = self.fold(found)
        except Impossible:
            return self._code(found)
        if isinstance(folded, (str, int, float, bool)) or folded is None:
            here = found.module is self.module and found.spelled
            return Const(value=folded, span=self.module.source.span(found.node) if here else None)
        return self._code(found)

    def named(self, found: Located) -> Value:
        """As `as_value`; a name of another module is imported from there.

        Raises Impossible for another module's expression that is no such name.
        """
        if found.module is self.module or not isinstance(found.node, grammar.Name):
            return self.as_value(found)
        name = found.node.id
        origin = found.module.imports.get(name) or f"{found.module.name}.{name}"
        for local, here in self.module.imports.items():
            if here == origin:
                return Imported(module=origin.rpartition(".")[0], name=name, local=local)
        if name in found.module.imports:
            module, _, name = origin.rpartition(".")
            if is_airflow(origin) or not module:
                raise Impossible
            return Imported(module=module, name=name)
        if not _defines(found.module, name):
            raise Impossible
        return Imported(module=self._way_to(found.module), name=name)

    def _way_to(self, module: ParsedModule) -> str:
        """How this module imports from another of the folder; its dotted name if it does not yet."""
        for origin in self.module.imports.values():
            for dotted in (origin, origin.rpartition(".")[0]):
                if dotted and self.project.find(dotted) is module:
                    return dotted
        return module.name

    def templated(self, found: Located) -> Value:
        """An expression of a templated field: what holds no template is a plain value.

        Raises Impossible for one that asks for the try: a flow renders once, Airflow for each try.
        """
        value = self.as_value(found)
        literals = [node.value for node in below(found.node, grammar.Constant)]
        texts = [str(text) for text in [*literals, getattr(value, "value", "")]]
        if any("try_number" in text for text in texts):
            raise Impossible("a template that asks for `try_number`")
        lacking = [jinja.lacking(text) for text in texts if has_template(text)]
        if any(lacking):
            raise Impossible(f"a template that asks for `{next(filter(None, lacking))}`")
        if isinstance(value, Const) and isinstance(value.value, str):
            return self.template(value) if has_template(value.value) else value
        if isinstance(value, Code):
            plain = self._never_text(found.node)
            return value if plain else Template(span=value.span)
        return value

    def _never_text(self, node: grammar.Expression) -> bool:
        """Whether an expression certainly holds no text that Jinja would change."""
        if isinstance(node, (grammar.List, grammar.Tuple)):
            return all(self._never_text(element) for element in node.elts)
        if isinstance(node, grammar.Dict):
            return None not in node.keys and all(self._never_text(v) for v in node.values)
        return _never_text(node) or self.never_template(node)

    def template(self, value: Const) -> Template:
        """A known string that Jinja renders."""
        return jinja.read_template(str(value.value), value.span)

    def seconds(self, name: str) -> Value | None:
        """A duration (timedelta or seconds) in seconds. Raises Impossible when it is computed."""
        folded = self.const(name, _MISSING)
        if folded is _MISSING or folded is None:
            return None
        if isinstance(folded, datetime.timedelta):
            total = folded.total_seconds()
            return Const(value=int(total) if total == int(total) else total)
        if isinstance(folded, (int, float)) and not isinstance(folded, bool):
            return Const(value=folded)
        raise Impossible

    def origin(self, found: Located) -> str | None:
        """The qualified name that an expression spells, when it is an import."""
        return qualified(found.node, found.module.imports)

    def ignore(self, *names: str) -> None:
        """Take note of arguments that mean nothing here."""
        self._asked.update(names)

    @property
    def whole(self) -> bool:
        """Whether there are no others, which only a run knows."""
        return not self.spread and not self.unread_defaults

    @property
    def leftover(self) -> tuple[str, ...]:
        """The keywords of the call that no construct has read, in the order of the call."""
        return tuple(name for name in self.given if name not in self._asked)

    def leftover_defaults(self, known: Collection[str]) -> tuple[str, ...]:
        """Those of `default_args` that the operator knows and no construct has read."""
        return tuple(name for name in self.defaults if name in known and name not in self._asked)

    def _code(self, found: Located) -> Code:
        if isinstance(found.node, grammar.Constant) and isinstance(found.value, Unknown):
            # A constant that is not the value is one of several.
            raise Impossible
        if found.module is not self.module or not found.spelled:
            # Another module's expression means something only with that module's names.
            raise Impossible
        return code_of(found.node)


def _defines(module: ParsedModule, name: str) -> bool:
    """Whether the module's top level defines a function or a class of that name, and once."""
    kinds = (grammar.FunctionDef, grammar.AsyncFunctionDef, grammar.ClassDef)
    found = [node for node in module.tree.body if isinstance(node, kinds) and node.name == name]
    return len(found) == 1 and all(one.ctx == "load" for one in named(module.tree, name))


def has_template(text: str) -> bool:
    """Whether Jinja would change the string; it also leaves out a line end at the end."""
    return "{{" in text or "{%" in text or "{#" in text or text.endswith("\n")


def _never_text(node: grammar.Expression) -> bool:
    """Whether an expression certainly holds no text that Jinja would change."""
    match node:
        case grammar.Constant(value=str(text)):
            return not has_template(text)
        case grammar.Constant() | grammar.Lambda():
            return True
        case grammar.Attribute(attr="output"):
            return True
        case (
            grammar.Call(func=grammar.Attribute(value=grammar.Name(id="datetime")))
            | grammar.Call(
                func=grammar.Name(id="datetime" | "timedelta" | "range" | "len" | "int" | "float")
            )
        ):
            return True
    return False
