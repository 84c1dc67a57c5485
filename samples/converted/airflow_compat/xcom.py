"""XCom: values that tasks leave for each other, and `ti`, through which they do."""

from __future__ import annotations

import copy
import threading
from collections.abc import Iterable
from typing import Any, NoReturn

import prefect.runtime

from airflow_compat.objects import AirflowObject, lacking
from airflow_compat.run import AirflowRun
from airflow_compat.variables import ABSENT

__all__ = ["TaskInstance"]

RETURN = "return_value"


class XComs:
    """What the task runs of one flow run left for each other, the latest last."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, int, str], Any] = {}
        self._lock = threading.Lock()

    def push(self, task_id: str, key: str, value: Any, map_index: int = -1) -> None:
        """Keep a value; it counts as the latest."""
        with self._lock:
            self._values.pop((task_id, map_index, key), None)
            self._values[task_id, map_index, key] = value

    def drop(self, task_id: str, key: str, map_index: int = -1) -> None:
        """Take a value back."""
        with self._lock:
            self._values.pop((task_id, map_index, key), None)

    def forget(self, task_id: str, map_index: int = -1) -> None:
        """Drop what a task run left, for it is tried again."""
        with self._lock:
            for entry in [e for e in self._values if e[:2] == (task_id, map_index)]:
                del self._values[entry]

    def of(
        self, task_id: str, key: str, default: Any = None, map_index: int = -1
    ) -> Any:
        """One task run's value under a key."""
        with self._lock:
            return copied(self._values.get((task_id, map_index, key), default))

    def all_of(self, task_id: str, key: str) -> dict[int, Any]:
        """The values of all runs of a task under a key, in the order of map indexes."""
        with self._lock:
            found = {
                index: copied(value)
                for (task, index, k), value in self._values.items()
                if (task, k) == (task_id, key)
            }
        return dict(sorted(found.items()))

    def latest(
        self, key: str | None, default: Any = None, task_id: str | None = None
    ) -> Any:
        """What was left last; without a key or a task, under any or by any."""
        with self._lock:
            found = [
                value
                for (task, _, k), value in self._values.items()
                if key in (None, k) and task_id in (None, task)
            ]
        return copied(found[-1]) if found else default


def copied(value: Any) -> Any:
    """A copy, as Airflow's storage gives one: who changes it changes nobody else's."""
    if value is ABSENT:
        return value
    try:
        return copy.deepcopy(value)
    except Exception:  # noqa: BLE001 - what cannot be copied is handed on as it is
        return value


class LazySelectSequence(list[Any]):
    """What several ids give in Airflow 2: a list that prints its length alone."""

    def __repr__(self) -> str:
        items = "item" if len(self) == 1 else "items"
        return f"LazySelectSequence([{len(self)} {items}])"


class LazyXComSequence(list[Any]):
    """What a mapped task gives in Airflow 3: a list that prints its length alone.

    And that only once somebody has asked for it.
    """

    _asked = False

    def __len__(self) -> int:
        self._asked = True
        return super().__len__()

    def __repr__(self) -> str:
        items = "item" if super().__len__() == 1 else "items"
        told = f"[{super().__len__()} {items}]"
        return f"LazyXComSequence({told if self._asked else '<unevaluated length>'})"


class TaskInstance:
    """`ti`: what a task body may ask of its own run."""

    log_url = None
    state = "running"

    def __init__(
        self, task_id: str, run: AirflowRun, xcoms: XComs, map_index: int = -1
    ) -> None:
        self.task_id = task_id
        self.map_index = map_index
        self.dag_id = run.dag.dag_id
        self.dag_run = run.dag_run
        self.run_id = run.run_id
        self.logical_date = run.logical_date
        if run._airflow == 2:
            self.execution_date = run.logical_date
        self.task: Any = AirflowObject("task", task_id=task_id, dag_id=self.dag_id)
        self.__xcoms__: dict[str, Any] = {}
        self.__rendered__: dict[str, Any] = {}
        self.__calls__: list[Any] = []
        self._airflow = run._airflow
        self._xcoms = xcoms
        self._pushed_in = 0
        self._try_number: int | None = None

    @property
    def try_number(self) -> int:
        """1 in the first try."""
        return self._try_number or prefect.runtime.task_run.run_count or 1

    def __getattr__(self, name: str) -> NoReturn:
        raise lacking("ti", name)

    def xcom_push(
        self, key: str, value: Any, execution_date: Any = None, session: Any = None
    ) -> None:
        """Leave `value` for other tasks. A new try forgets what earlier ones left."""
        if execution_date not in (None, self.logical_date):
            raise NotImplementedError("XComs of other runs are not here")
        if self._pushed_in != self.try_number:
            self._pushed_in = self.try_number
            self.__xcoms__.clear()
            self._xcoms.forget(self.task_id, self.map_index)
        # Airflow stores what the value is now; what happens to it later changes nothing.
        value = copied(value)
        self.__xcoms__[key] = value
        self._xcoms.push(self.task_id, key, value, self.map_index)

    def xcom_pull(
        self,
        task_ids: str | Iterable[str] | None = None,
        dag_id: str | None = None,
        key: str | None = RETURN,
        include_prior_dates: bool = False,
        *,
        map_indexes: Any = ABSENT,
        default: Any = None,
    ) -> Any:
        """What other tasks of this run left so far; there is no way to other DAGs.

        One id gives one value. Several give a list, from which Airflow 2 leaves out
        those that left nothing. Without ids, Airflow 2 takes the latest value of that
        key and Airflow 3 looks at this task alone. Airflow 3 takes the default only
        where map indexes are asked for.
        """
        if dag_id not in (None, self.dag_id):
            raise NotImplementedError(f"XComs of another DAG ({dag_id}) are not here")
        if include_prior_dates:
            raise NotImplementedError("XComs of earlier runs are not here")
        if key is None:
            return self._of_any_key(task_ids, map_indexes, default)
        if map_indexes is not ABSENT and (map_indexes is not None or self._airflow > 2):
            return self._of_indexes(task_ids, key, map_indexes, default)
        default = default if self._airflow == 2 else None
        if task_ids is None and self._airflow == 2:
            return self._xcoms.latest(key, default)
        if task_ids is None:
            return self._xcoms.of(self.task_id, key, default, self.map_index)
        if isinstance(task_ids, str):
            return self._of_task(task_ids, key, default)
        found: list[Any] = []
        for task_id in self._named_once(task_ids):
            values = self._xcoms.all_of(task_id, key)
            missing = [default] if self._airflow > 2 and not values else []
            found += [*values.values(), *missing]
        return self._listed(found)

    def _of_task(self, task_id: str, key: str, default: Any) -> Any:
        """One value, or those of all runs of a mapped task.

        Where only one of these left something, Airflow 3 gives that value itself.
        """
        values = self._xcoms.all_of(task_id, key)
        if not values:
            return default
        if list(values) == [-1] or (self._airflow > 2 and len(values) == 1):
            return next(iter(values.values()))
        return self._listed(list(values.values()))

    def _listed(self, values: list[Any]) -> list[Any]:
        return LazySelectSequence(values) if self._airflow == 2 else values

    def _of_any_key(self, task_ids: Any, map_indexes: Any, default: Any) -> Any:
        """Airflow 2 takes what one task, or any, left last; Airflow 3 wants a key."""
        if self._airflow > 2:
            raise ValueError("expected a key of an XCom, found None")
        if not isinstance(task_ids, (str, type(None))) or map_indexes is not ABSENT:
            raise NotImplementedError(
                "XComs of several tasks need a key: no order is certain"
            )
        return self._xcoms.latest(None, default, task_ids)

    def _of_indexes(
        self, task_ids: Any, key: str, map_indexes: Any, default: Any
    ) -> Any:
        """The values of certain runs of mapped tasks; other tasks have the index -1."""
        if task_ids is None or map_indexes is None:
            raise NotImplementedError(
                "`map_indexes` needs ids of tasks and is no None here"
            )
        ids = self._named_once([task_ids] if isinstance(task_ids, str) else task_ids)
        single = isinstance(map_indexes, int)
        indexes = self._named_once([map_indexes] if single else map_indexes)
        found = [
            self._xcoms.of(task_id, key, ABSENT, index)
            for task_id in ids
            for index in indexes
        ]
        if self._airflow > 2:
            # It takes None for no value where it looks for a single one.
            found = [ABSENT if value is None else value for value in found]
        if single and isinstance(task_ids, str):
            return default if found[0] is ABSENT else found[0]
        if self._airflow == 2:
            return self._listed([value for value in found if value is not ABSENT])
        return [default if value is ABSENT else value for value in found]

    def _named_once(self, listed: Iterable[Any]) -> list[Any]:
        """Airflow 2 takes what is named twice for the last of the two."""
        if self._airflow > 2:
            return list(listed)
        return list(dict.fromkeys(reversed(list(listed))))[::-1]

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"`ti` of task {self.task_id!r} cannot leave its process: it reads and"
            " writes the XComs of a running TaskGraph. Use ThreadPoolTaskRunner"
        )
