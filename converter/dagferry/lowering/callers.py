"""Modules that name no Airflow themselves and import modules of the folder that do.

`from common.factory import make_dag; dag = make_dag("shop")` makes a DAG: such files have to be followed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from dagferry.source.discover import Input
from dagferry.source.project import ParsedModule, SourceProject, imported_modules

#: Airflow opens no file without this word, in either case, where it looks for DAGs:
#: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#loading-dags
_WORD = "dag"


def calling_modules(
    source: SourceProject,
    input: Input,  # noqa: A002 - the field's word
    paths: Collection[str] | None,
    read: Sequence[ParsedModule],
) -> Iterator[ParsedModule]:
    """The modules beside those that were `read` whose imports lead to one of these."""
    known = {module.path for module in read}
    candidates = list(_candidates(source, input, paths, known))
    imports = _imports(candidates, source)
    found = set(known)
    while more := {path for path, used in imports.items() if path not in found and used & found}:
        found |= more
    yield from (module for module in candidates if module.path in found)


def _candidates(
    source: SourceProject,
    input: Input,  # noqa: A002 - the field's word
    paths: Collection[str] | None,
    known: Collection[str],
) -> Iterator[ParsedModule]:
    for file in input.files:
        asked = file.path not in known and (paths is None or file.path in paths)
        if asked and file.path.endswith(".py") and _WORD in (file.text or "").lower():
            module = source.module(file.path)
            if module is not None:
                yield module


def _imports(modules: Iterable[ParsedModule], source: SourceProject) -> dict[str, set[str]]:
    """For the path of each module, and of each that it leads to, the paths of those that it imports."""
    found: dict[str, set[str]] = {}
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        if module.path not in found:
            used = [source.find(name) for name in imported_modules(module)]
            inner = [one for one in used if one is not None]
            found[module.path] = {one.path for one in inner}
            waiting += inner
    return found
