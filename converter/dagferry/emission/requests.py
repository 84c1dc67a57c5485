"""What a written module needs to import."""

from __future__ import annotations

COMPAT = "airflow_compat"


class Requests:
    """Collects the names that generated code uses, by the module that they come from."""

    def __init__(self) -> None:
        self.names: dict[str, set[str]] = {}

    def name(self, module: str, name: str) -> None:
        """Generated code uses a name of a module."""
        self.names.setdefault(module, set()).add(name)

    def helper(self, name: str) -> None:
        """Generated code uses a name of the helper module."""
        self.name(COMPAT, name)

    @property
    def helpers(self) -> frozenset[str]:
        """The names of the helper module that are used."""
        return frozenset(self.names.get(COMPAT, ()))
