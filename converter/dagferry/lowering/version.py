"""Which major version of Airflow a file is written for, told from its imports."""

from __future__ import annotations

from dagferry.source.project import ParsedModule

_THREE = ("airflow.sdk", "airflow.providers.standard")


def airflow_version(module: ParsedModule) -> int:
    """3 when the file imports what only Airflow 3 has, else 2 (1.10 means dates the same way)."""
    return 3 if any(origin.startswith(_THREE) for origin in module.imports.values()) else 2
