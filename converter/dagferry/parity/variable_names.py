"""Airflow's variables under the names that a flow asks Prefect for."""

from __future__ import annotations

import json
from pathlib import Path

from dagferry.build.names import prefect_name


def renamed_file(file: str | None, folder: Path) -> str | None:
    """The JSON file of variables with Prefect's names: a copy in `folder`, where a name differs."""
    if file is None:
        return None
    values = json.loads(Path(file).read_text(encoding="utf-8"))
    if all(prefect_name(name) == name for name in values):
        return file
    copy = folder / "variables.json"
    copy.write_text(json.dumps({prefect_name(name): value for name, value in values.items()}))
    return str(copy)
