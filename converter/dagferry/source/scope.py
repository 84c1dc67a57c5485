"""What a name in a module means: imports give it a qualified name, anything else keeps it local."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dagferry.syntax import grammar
from dagferry.syntax.walking import below


def import_table(
    tree: grammar.Module,
    module: str,
    is_package: bool,
    known: Iterable[str] = (),
) -> dict[str, str]:
    """Local name -> qualified name, for every import of the module, wherever it stands.

    A name that the module also defines itself at its top level is not an import: it looks alike.
    Of several imports of one name (a fallback in `except ImportError`) the first counts.
    """
    table: dict[str, str] = {}
    for node in below(tree, grammar.Import, grammar.ImportFrom):
        for local, origin in bindings(node, module, is_package, known):
            table.setdefault(local, origin)
    for name in _own_names(tree):
        table.pop(name, None)
    return table


def bindings(
    node: grammar.Import | grammar.ImportFrom,
    module: str,
    is_package: bool,
    known: Iterable[str] = (),
) -> Iterator[tuple[str, str]]:
    """The local names that one import statement binds, with their qualified names.

    `from x import *` binds those of the `known` qualified names that stand in `x`.
    """
    if isinstance(node, grammar.Import):
        for alias in node.names:
            yield (
                alias.asname or alias.name.partition(".")[0],
                alias.name if alias.asname else alias.name.partition(".")[0],
            )
        return
    base = absolute_base(node, module, is_package)
    if node.names[0].name == "*":
        for name in sorted(known):
            head, _, last = name.rpartition(".")
            if head == base:
                yield last, name
        return
    for alias in node.names:
        yield alias.asname or alias.name, f"{base}.{alias.name}" if base else alias.name


def absolute_base(node: grammar.ImportFrom, module: str, is_package: bool) -> str:
    """The dotted module that a `from` import names, relative dots resolved."""
    if not node.level:
        return node.module or ""
    parts = module.split(".") if module else []
    drop = node.level - 1 if is_package else node.level
    kept = parts[: len(parts) - drop] if drop else parts
    return ".".join([*kept, *([node.module] if node.module else [])])


def _own_names(tree: grammar.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, (grammar.FunctionDef, grammar.AsyncFunctionDef, grammar.ClassDef)):
            yield node.name
        elif isinstance(node, grammar.Assign):
            for target in node.targets:
                # `DAG = DAG(...)`: until there the name is the import.
                if isinstance(target, grammar.Name) and not _calls(node.value, target.id):
                    yield target.id


def _calls(node: grammar.Expression, name: str) -> bool:
    return (
        isinstance(node, grammar.Call)
        and isinstance(node.func, grammar.Name)
        and node.func.id == name
    )


def qualified(node: grammar.Expression, table: dict[str, str]) -> str | None:
    """The qualified name of `a.b.c`, or None when its first name is not an import."""
    parts: list[str] = []
    while isinstance(node, grammar.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, grammar.Name) or node.id not in table:
        return None
    return ".".join([table[node.id], *reversed(parts)])
