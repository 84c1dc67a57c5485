"""Ids of DAGs, tasks and groups: which text is allowed.

Rule observed in Airflow 2.11.2: letters, digits, dashes, dots and underscores, at most 250 characters.
"""

from __future__ import annotations

import re
from typing import Any

from daglight.exceptions import AirflowException

__all__ = ["check_key", "next_free"]

_KEY = re.compile(r"^[\w.-]+$")
_LONGEST = 250


def check_key(key: Any) -> str:
    """The key itself; TypeError when it is no text, AirflowException when Airflow would refuse it."""
    if not isinstance(key, str):
        raise TypeError(f"The key has to be a string and is {type(key)}:{key}")
    if len(key) > _LONGEST:
        raise AirflowException(
            f"The key: {key!r} has to be less than {_LONGEST} characters, not {len(key)}"
        )
    if not _KEY.match(key):
        raise AirflowException(
            f"The key {key!r} has to be made of alphanumeric characters, dashes, dots, and underscores exclusively"
        )
    return key


def next_free(name: str, full_id: str, taken: set[str]) -> str:
    """`name`, or `name__1`, `name__2` … when `full_id` (the name with its group) is taken."""
    if full_id not in taken:
        return name
    core, full_core = (re.split(r"__\d+$", text)[0] for text in (name, full_id))
    pattern = re.compile(re.escape(full_core) + r"__(\d+)$")
    numbers = [int(found[1]) for found in map(pattern.match, taken) if found]
    return f"{core}__{max(numbers, default=0) + 1}"
