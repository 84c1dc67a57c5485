"""The arguments of Airflow's operators, as recorded from Airflow 2.11.2 and 3.3.2.

`tests/converter/record_signatures.py` writes the file.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files


@cache
def signatures() -> dict[str, dict[str, list[str]]]:
    """Version -> name of an operator -> the arguments that it takes, those of its bases among them."""
    text = (files("dagferry.constructs") / "signatures.json").read_text("utf-8")
    found: dict[str, dict[str, list[str]]] = json.loads(text)
    return found


@cache
def arguments_of(operator: str) -> frozenset[str]:
    """What the operator takes in any of the versions: `default_args` fill in these, and no others."""
    return frozenset(name for kinds in signatures().values() for name in kinds[operator])
