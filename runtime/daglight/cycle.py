"""Finds a cycle among the edges of a DAG."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from daglight.dag import DAG

__all__ = ["faulty_task"]


def faulty_task(made: DAG) -> str | None:
    """The task with an edge back to one that leads to it, depth first as in Airflow."""
    seen: set[str] = set()
    for root in made.task_dict:
        path = {} if root in seen else {root: _following(made, root)}
        seen.update(path)
        while path:
            task_id, followers = path.popitem()
            path[task_id] = followers
            following = next((one for one in followers if one in path or one not in seen), None)
            if following is None:
                del path[task_id]
            elif following in path:
                return task_id
            else:
                seen.add(following)
                path[following] = _following(made, following)
    return None


def _following(made: DAG, task_id: str) -> Iterator[str]:
    return iter(sorted(made.task_dict[task_id].downstream_task_ids))
