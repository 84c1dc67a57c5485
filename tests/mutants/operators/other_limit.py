"""A deployment's limit of runs at the same time is another one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

NAME = "other limit"


def settings(deployment: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """One more; where a run that finds no place is dropped, it waits, and the other way round."""
    limit = deployment.get("concurrency_limit")
    if isinstance(limit, int):
        yield f"{limit} -> {limit + 1}", {**deployment, "concurrency_limit": limit + 1}
    if isinstance(limit, dict):
        more = {**limit, "limit": limit["limit"] + 1}
        yield f"{limit['limit']} -> {limit['limit'] + 1}", {**deployment, "concurrency_limit": more}
