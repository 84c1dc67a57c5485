"""What `xcom_pull` and XComArgs give: one value, or those of all instances of a mapped task.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/xcoms.html; all of it
observed in Airflow 2.11.2 and 3.3.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from daglight.errors import NotSupported
from daglight.mapped_group import same_mapped_group
from daglight.scope import scope
from daglight.xcom import XComs, lazy
from daglight.xcom_arg import MISSING

if TYPE_CHECKING:
    from daglight.instance import TaskInstance
    from daglight.operator import BaseOperator

__all__ = ["pull", "pull_reference"]


def pull(xcoms: XComs, own_id: str, task_ids: Any, key: Any, map_indexes: Any, default: Any) -> Any:
    """The value of one task (or the default), or a list of the values of several.

    Observed in Airflow 3.3.2: the default is used only where map indexes are asked for.
    """
    if key is None:
        return _of_any_key(xcoms, task_ids, map_indexes, default)
    if scope.airflow_3 and map_indexes is None:
        default = None
    if task_ids is None:
        # Airflow 2.11.2 takes the newest of any task, Airflow 3.3.2 the task's own.
        mine = [own_id] if scope.airflow_3 else None
        return (xcoms.latest(key, mine) or [default])[0]
    if map_indexes is not None:
        return _of_indexes(xcoms, task_ids, key, map_indexes, default)
    if isinstance(task_ids, str):
        return _of_task(xcoms, task_ids, key, default)
    return _of_several(xcoms, task_ids, key, default)


def _of_any_key(xcoms: XComs, task_ids: Any, map_indexes: Any, default: Any) -> Any:
    """Airflow 2.11.2 takes what one task, or any, pushed last; Airflow 3.3.2 wants a key.

    Of several tasks, Airflow 2 takes all keys, in an order that its database decides.
    """
    if scope.airflow_3:
        raise ValueError("Input should be a valid string: the key of an XCom is None")
    if not isinstance(task_ids, (str, type(None))) or map_indexes is not None:
        raise NotSupported("xcom_pull without a key from several tasks")
    return (xcoms.latest(None, None if task_ids is None else [task_ids]) or [default])[0]


def pull_reference(xcoms: XComs, ti: TaskInstance, operator: BaseOperator, key: str) -> Any:
    """What an XComArg stands for in an instance; MISSING without a value."""
    task_id = operator.task_id
    if operator.is_mapped:
        values = [xcoms.peek(task_id, key, one) for one in xcoms.indexes(task_id, key) if one >= 0]
        # Airflow 2.11.2 has nothing to pull where no instance pushed.
        return lazy(values) if values or scope.airflow_3 else MISSING
    index = -1
    if operator.mapped_group is not None:
        if not same_mapped_group(ti.task, operator):
            return _of_all(xcoms, task_id, key)
        index = ti.map_index
    return _single(xcoms, task_id, key, index)


def _single(xcoms: XComs, task_id: str, key: str, index: int) -> Any:
    """The value of one instance; Airflow 3.3.2 takes None for no value where it looks for one."""
    found = xcoms.pull(task_id, key, index) if xcoms.has(task_id, key, index) else MISSING
    return MISSING if found is None and scope.airflow_3 else found


def _of_all(xcoms: XComs, task_id: str, key: str) -> Any:
    values = [xcoms.pull(task_id, key, one) for one in xcoms.indexes(task_id, key)]
    if scope.airflow_3:
        return values if len(values) > 1 else next(iter(values), None)
    return lazy(values) if values else MISSING


def _of_task(xcoms: XComs, task_id: str, key: str, default: Any) -> Any:
    """One value of an unmapped task; Airflow 3.3.2 gives that too when one instance pushed."""
    indexes = xcoms.indexes(task_id, key)
    if not indexes:
        return default
    values = [xcoms.pull(task_id, key, one) for one in indexes]
    if indexes == [-1] or (scope.airflow_3 and len(values) == 1):
        return values[0]
    return values if scope.airflow_3 else lazy(values)


def _of_several(xcoms: XComs, task_ids: Any, key: str, default: Any) -> Any:
    """Observed: without a value, Airflow 2.11.2 leaves a task out, 3.3.2 has None."""
    found: list[Any] = []
    for task_id in _named_once(task_ids):
        indexes = xcoms.indexes(task_id, key)
        found += [xcoms.pull(task_id, key, one) for one in indexes]
        if not indexes and scope.airflow_3:
            found.append(default)
    return found if scope.airflow_3 else lazy(found)


def _named_once(listed: Any) -> list[Any]:
    """Observed: Airflow 2.11.2 takes what is named twice for the last of the two."""
    if scope.airflow_3:
        return list(listed)
    return list(dict.fromkeys(reversed(list(listed))))[::-1]


def _of_indexes(xcoms: XComs, task_ids: Any, key: str, map_indexes: Any, default: Any) -> Any:
    ids = _named_once([task_ids] if isinstance(task_ids, str) else task_ids)
    indexes = _named_once([map_indexes] if isinstance(map_indexes, int) else map_indexes)
    found = [_single(xcoms, task_id, key, index) for task_id in ids for index in indexes]
    if isinstance(task_ids, str) and isinstance(map_indexes, int):
        return default if found[0] is MISSING else found[0]
    if scope.airflow_3:
        return [default if one is MISSING else one for one in found]
    return lazy(one for one in found if one is not MISSING)
