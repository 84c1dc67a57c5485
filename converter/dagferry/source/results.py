"""What a function returns or pushes that Airflow cannot store, as far as the source shows it.

Airflow stores XComs as JSON with types of its own (`airflow.serialization.serde`): it takes sets,
dates, Decimals and dataclasses, and no bytes, ranges, generators, functions, files or plain objects
(observed in Airflow 2.11.2 and 3.3.2). Such a task fails there; Prefect passes on what was returned.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator

from dagferry.model.function import Place
from dagferry.source.json_keys import bindings, handed_on, has_other_keys, parts
from dagferry.source.project import ParsedModule
from dagferry.source.scope import qualified
from dagferry.syntax import grammar

_CALLS = frozenset(
    {"range", "map", "filter", "zip", "enumerate", "reversed", "iter", "open", "object"}
    | {"bytes", "bytearray", "memoryview", "complex", "slice"}
)
_LIBRARY = frozenset(
    {"re.compile", "re.match", "re.search", "re.fullmatch", "fractions.Fraction"}
    | {"collections.deque", "datetime.time", "pathlib.Path", "pathlib.PurePath"}
    | {"threading.Lock", "threading.RLock", "sqlite3.connect", "io.StringIO", "io.BytesIO"}
    | {"types.SimpleNamespace", "itertools.count", "itertools.chain"}
)
_ONLY_AIRFLOW_2 = frozenset(["uuid.uuid1", "uuid.uuid3", "uuid.uuid4", "uuid.uuid5", "uuid.UUID"])


def unserializable(body: list[grammar.Node], module: ParsedModule, version: int) -> Place | None:
    """The first value of the body's results that Airflow cannot store."""
    named = bindings(body)
    found = [
        Place(line=one.line, what=what)
        for value in handed_on(body)
        for part in parts(value)
        for one in [named.get(part.id, part) if isinstance(part, grammar.Name) else part]
        if (what := _unserializable(one, module, version))
    ]
    return min(found, key=lambda place: place.line, default=None)


def unsplittable(body: list[grammar.Node]) -> Place | None:
    """The first result that is no dict with strings as keys: with `multiple_outputs` the task fails."""
    found = [
        Place(line=one.line, what=what)
        for value in handed_on(body, pushed=False)
        for one in _choices(value)
        if (what := _no_outputs(one))
    ]
    return min(found, key=lambda place: place.line, default=None)


def splits(body: list[grammar.Node]) -> bool:
    """Whether every result is shown to be a dict with strings as keys, or None."""
    return all(_is_split(one) for value in handed_on(body, pushed=False) for one in _choices(value))


def _is_split(node: grammar.Expression) -> bool:
    match node:
        case grammar.Constant(value=None):
            return True
        case grammar.Dict(keys=keys):
            return all(_is_string(key) for key in keys)
        case grammar.DictComp(key=key):
            return _is_string(key)
        case grammar.Call(func=grammar.Name(id="dict"), args=[], keywords=keywords):
            return all(keyword.arg for keyword in keywords)
    return False


def _is_string(key: grammar.Expression | None) -> bool:
    match key:
        case grammar.Constant(value=str()) | grammar.JoinedStr():
            return True
        case grammar.Call(func=grammar.Name(id="str")):
            return True
    return False


def _choices(node: grammar.Expression) -> Iterator[grammar.Expression]:
    if isinstance(node, grammar.IfExp):
        yield from _choices(node.body)
        yield from _choices(node.orelse)
    else:
        yield node


def _no_outputs(node: grammar.Expression) -> str | None:
    match node:
        case grammar.Constant(value=None):
            return None
        case grammar.Dict() | grammar.DictComp() if has_other_keys(node):
            return "a dict with keys that are no strings"
        case (
            grammar.Constant()
            | grammar.JoinedStr()
            | grammar.List()
            | grammar.Tuple()
            | grammar.Set()
        ):
            return "a value that is no dict"
        case (
            grammar.ListComp()
            | grammar.SetComp()
            | grammar.GeneratorExp()
            | grammar.Lambda()
            | grammar.Compare()
        ):
            return "a value that is no dict"
    return None


def _unserializable(node: grammar.Expression, module: ParsedModule, version: int) -> str | None:
    match node:
        case grammar.Constant(value=bytes()):
            return "bytes"
        case grammar.Constant(value=complex()):
            return "a complex number"
        case grammar.GeneratorExp():
            return "a generator"
        case grammar.Lambda():
            return "a function"
        case grammar.Call(
            func=grammar.Attribute(attr="keys" | "values" | "items" as attr), args=[]
        ):
            return f"a view of a dict (`{attr}()`)"
        case grammar.Call(func=grammar.Name(id=name)) if name not in module.imports:
            return _made(name, module)
        case grammar.Call(func=called):
            return _of_the_library(qualified(called, module.imports) or "", version)
        case grammar.Name(id=name):
            return _definition(name, module)
        case grammar.Attribute(value=grammar.Name(id=name)):
            kinds = _bases(name, module)
            return "a member of an Enum" if kinds == {"enum.Enum"} else None
    return None


def _of_the_library(origin: str, version: int) -> str | None:
    known = _LIBRARY | _ONLY_AIRFLOW_2 if version == 2 else _LIBRARY
    return f"`{origin}(...)`" if origin in known else None


def _made(name: str, module: ParsedModule) -> str | None:
    """What a call of a name that is no import gives."""
    found = _class(name, module)
    if found is not None:
        plain = not found.decorator_list and not found.bases and not found.keywords
        own = {one.name for one in found.body if isinstance(one, grammar.FunctionDef)}
        return f"an object of `{name}`" if plain and "serialize" not in own else None
    kind = getattr(builtins, name, None)
    if isinstance(kind, type) and issubclass(kind, BaseException):
        return f"an exception (`{name}`)"
    return f"`{name}(...)`" if name in _CALLS else None


def _definition(name: str, module: ParsedModule) -> str | None:
    for node in module.tree.body:
        if isinstance(node, (grammar.FunctionDef, grammar.ClassDef)) and node.name == name:
            return "a class" if isinstance(node, grammar.ClassDef) else "a function"
    return None


def _class(name: str, module: ParsedModule) -> grammar.ClassDef | None:
    classes = (node for node in module.tree.body if isinstance(node, grammar.ClassDef))
    return next((node for node in classes if node.name == name), None)


def _bases(name: str, module: ParsedModule) -> set[str]:
    found = _class(name, module)
    return {qualified(base, module.imports) or "" for base in found.bases} if found else set()
