"""Import roots: the folders that Python would have on its path, told from what the files import.

Airflow puts its folder of DAGs and its folder of plugins on `sys.path`
(https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/modules_management.html).
A repository does not say which folders those are. A folder is taken for a root where an import of a file
finds its module from there.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dagferry.source.import_lines import ImportLine, import_lines
from dagferry.source.module_paths import (
    around,
    candidates,
    depth,
    dotted_below,
    folder_of,
    holds,
    module_name,
)

#: Before a name that means nothing in the folder, though another package has a module of that name.
OUTSIDE = "outside:"
NEVER = frozenset({*sys.stdlib_module_names, "airflow", "prefect"})


@dataclass(frozen=True)
class Layout:
    """Which module each Python file is. Folders are relative, with `/`, the root folder is empty.

    `given` are roots that somebody named: then there are no others. `parents` are the names of the folders
    above the root folder: `dags.common` is `common` where the root folder is called `dags`.
    """

    texts: Mapping[str, str]
    given: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    _lines: dict[str, tuple[ImportLine, ...]] = field(default_factory=dict)
    _paths: dict[str, str | None] = field(default_factory=dict)

    @cached_property
    def used(self) -> tuple[str, ...]:
        """The roots that imports need, or that were given; the root folder where none does."""
        found = {root for roots in self._resolved.values() for root, _ in roots.values()}
        return self.given or tuple(sorted(found)) or ("",)

    @cached_property
    def names(self) -> dict[str, str]:
        """Path -> dotted name of every Python file; no two files have the same."""
        wanted = {path: dotted_below(self._home(path), path) for path in self.texts}
        taken = Counter(wanted.values())
        return {
            path: name if taken[name] == 1 else module_name(path) for path, name in wanted.items()
        }

    @cached_property
    def top_names(self) -> frozenset[str]:
        """The first names by which modules of the folder are imported."""
        return frozenset(name for root in self.used for name in self._inside.get(root, ()))

    def find(self, dotted: str) -> str | None:
        """The path of the module of a dotted name, by its own name or from a root."""
        if dotted not in self._paths:
            self._paths[dotted] = self._path_of(dotted)
        return self._paths[dotted]

    def _path_of(self, dotted: str) -> str | None:
        by_name = self._by_name.get(dotted)
        if by_name is not None:
            return by_name
        places = (self._at(root, dotted) for root in self.used)
        return next(filter(None, places), None) or self._below_parents(dotted)

    def canonical(self, path: str, dotted: str) -> str:
        """A dotted name as a file writes it, with the module's own name where that is another one.

        A module that only another package of the folder has is outside: its name gets a mark.
        """
        names = self._aliases.get(path)
        if not names:
            return dotted
        parts = dotted.split(".")
        for count in range(len(parts), 0, -1):
            head = ".".join(parts[:count])
            if head in names:
                return ".".join([names[head], *parts[count:]])
        return dotted

    def reaches(self, paths: Iterable[str]) -> frozenset[str]:
        """Some files, and all that they import from the folder, and so on."""
        found, pending = set[str](), [path for path in paths if path in self.texts]
        while pending:
            path = pending.pop()
            if path not in found:
                found.add(path)
                pending += self._imported(path)
        return frozenset(found)

    def _imported(self, path: str) -> Iterator[str]:
        for one in self.lines(path):
            base = one.base
            if one.level:
                folder = around(folder_of(path))[min(one.level - 1, depth(folder_of(path)))]
                base = ".".join(filter(None, [folder.replace("/", "."), one.base]))
            for dotted in (base, *(f"{base}.{name}" for name in one.names)):
                module = (
                    self._at("", dotted) if one.level else self.find(self.canonical(path, dotted))
                )
                if module is not None:
                    yield module

    def beyond(self, path: str) -> dict[str, int]:
        """Roots that the imports of a file need and Python does not look into: root -> first line.

        It looks into the folder that the file is run from, the root folder, and into the file's own.
        """
        found: dict[str, int] = {}
        for root, line in self._resolved.get(path, {}).values():
            if root not in ("", folder_of(path)):
                found[root] = min(line, found.get(root, line))
        return found

    # How it is found.

    @cached_property
    def _inside(self) -> dict[str, set[str]]:
        """Folder -> the names of the modules and packages right inside of it."""
        found: dict[str, set[str]] = {}
        for path in self.texts:
            folder, _, name = path.rpartition("/")
            if name != "__init__.py":
                found.setdefault(folder, set()).add(name.removesuffix(".py"))
            while folder:
                folder, _, name = folder.rpartition("/")
                found.setdefault(folder, set()).add(name)
        return found

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return {name: path for path, name in self.names.items()}

    @cached_property
    def _resolved(self) -> dict[str, dict[str, tuple[str, int]]]:
        """Path -> the dotted names that it imports from the folder -> (root, line)."""
        return {path: dict(self._imports_of(path)) for path in self.texts}

    def _imports_of(self, path: str) -> Iterator[tuple[str, tuple[str, int]]]:
        for one in self.lines(path):
            if one.level or one.base.partition(".")[0] in NEVER:
                continue
            root = self._root_of(path, one.base)
            if root is not None:
                yield one.base, (root, one.line)
                for name in one.names:
                    if self._at(root, f"{one.base}.{name}"):
                        yield f"{one.base}.{name}", (root, one.line)

    def lines(self, path: str) -> tuple[ImportLine, ...]:
        """The imports of a file."""
        if path not in self._lines:
            self._lines[path] = tuple(import_lines(self.texts[path]))
        return self._lines[path]

    def _root_of(self, path: str, dotted: str) -> str | None:
        roots = self.given or candidates(folder_of(path))
        return next((root for root in roots if self._is_there(root, dotted)), None)

    def _at(self, root: str, dotted: str) -> str | None:
        path = "/".join([*([root] if root else []), *dotted.split(".")])
        return next((p for p in (f"{path}.py", f"{path}/__init__.py") if p in self.texts), None)

    def _is_there(self, root: str, dotted: str) -> bool:
        """Whether there is such a module or folder of modules; most names are not there at all."""
        head, _, rest = dotted.partition(".")
        if head not in self._inside.get(root, ()):
            return False
        folder = "/".join([*([root] if root else []), head, *rest.split(".")]).rstrip("/")
        return self._at(root, dotted) is not None or folder in self._inside

    def _below_parents(self, dotted: str) -> str | None:
        """A repository that runs with its parent on the path imports `dags.common`, root included."""
        parts = dotted.split(".")
        for count in range(1, len(parts)):
            if tuple(parts[:count]) == self.parents[-count:]:
                return self._at("", ".".join(parts[count:]))
        return None

    @cached_property
    def _votes(self) -> dict[str, Counter[str]]:
        """Path -> how often it is imported from which root."""
        votes: dict[str, Counter[str]] = {}
        for names in self._resolved.values():
            for dotted, (root, _) in names.items():
                path = self._at(root, dotted)
                if path is not None:
                    votes.setdefault(path, Counter())[root] += 1
        return votes

    def _home(self, path: str) -> str:
        """The root that gives a file its name: where it is imported from, else the first that holds it."""
        level = max((one.level for one in self.lines(path)), default=0)
        votes = self._votes.get(path, Counter[str]())
        ranked = sorted(votes, key=lambda root: (-votes[root], root))
        holding = [root for root in candidates(folder_of(path)) if root in self.used]
        for root in (*ranked, *holding):
            if holds(root, path) and depth(folder_of(path)) - depth(root) >= level:
                return root
        return ""

    @cached_property
    def _aliases(self) -> dict[str, dict[str, str]]:
        """Path -> dotted names that it imports -> the module's own name, where they differ."""
        found: dict[str, dict[str, str]] = {}
        for path, names in self._resolved.items():
            for dotted, (root, _) in names.items():
                module = self._at(root, dotted)
                if module is not None and self.names[module] != dotted:
                    found.setdefault(path, {})[dotted] = self.names[module]
        for path in self.texts:
            for dotted in self._elsewhere(path):
                found.setdefault(path, {})[dotted] = OUTSIDE + dotted
        return found

    def _elsewhere(self, path: str) -> Iterator[str]:
        """What a file imports and does not reach, and another package of the folder has under that name."""
        known = self._resolved.get(path, {})
        for one in self.lines(path):
            foreign = not one.level and one.base and one.base not in known
            if foreign and self._below_parents(one.base) is None and self.find(one.base):
                yield one.base


def layout_of(texts: Mapping[str, str], given: Iterable[str], parents: Iterable[str]) -> Layout:
    """The layout of the Python files with these texts."""
    return Layout(texts, tuple(dict.fromkeys(given)), tuple(parents))
