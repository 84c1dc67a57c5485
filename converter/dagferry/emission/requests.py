"""What a written module needs to import, under names that clash with nothing of the user's."""

from __future__ import annotations

from collections.abc import Collection

from dagferry.build.names import fresh
from dagferry.helper import parts

COMPAT = "airflow_compat"
# What generated code imports: no flow and no task that we name may be called like one of these.
RESERVED = frozenset(
    {"flow", "task", "datetime", "timedelta"}
    | {name for part in parts().values() for name in part.offers}
)


class Requests:
    """Collects the names that generated code uses, by the module that they come from.

    A name that the user's code binds itself is imported under another: `task as prefect_task`.
    """

    def __init__(self, bound: Collection[str] = ()) -> None:
        self.bound = frozenset(bound)
        self.names: dict[str, set[str]] = {}

    def name(self, module: str, name: str) -> str:
        """Generated code uses a name of a module; the name to write."""
        local = name
        if name in self.bound and " " not in name:
            local = fresh(f"{module.partition('.')[0].removeprefix('airflow_')}_{name}", self.bound)
            name = f"{name} as {local}"
        self.names.setdefault(module, set()).add(name)
        return local

    def helper(self, name: str) -> str:
        """Generated code uses a name of the helper module; the name to write."""
        return self.name(COMPAT, name)

    @property
    def helpers(self) -> frozenset[str]:
        """The names of the helper module that are used."""
        return frozenset(name.partition(" ")[0] for name in self.names.get(COMPAT, ()))
