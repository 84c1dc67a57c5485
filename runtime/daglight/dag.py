"""`DAG`: the tasks, their order, and what a run of them needs.

Arguments: https://airflow.apache.org/docs/apache-airflow/stable/_api/airflow/models/dag/
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, timezone, tzinfo
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from daglight.assets import AssetExpression
from daglight.cycle import faulty_task
from daglight.errors import NotSupported
from daglight.exceptions import (
    AirflowDagCycleException,
    AirflowException,
    DuplicateTaskIdFound,
    FailFastDagInvalidTriggerRule,
    FailStopDagInvalidTriggerRule,
    TaskNotFound,
)
from daglight.group import TaskGroup
from daglight.keys import check_key
from daglight.known import known_as, until_3
from daglight.moment import as_utc
from daglight.params import ParamsDict
from daglight.scope import scope
from daglight.setup_teardown import check_setups
from daglight.xcom_arg import Resolvable

if TYPE_CHECKING:
    from daglight.operator import BaseOperator

__all__ = ["DAG", "DagParam"]

_BOTH = {
    "description": None,
    "schedule": None,
    "start_date": None,
    "end_date": None,
    "template_searchpath": None,
    "template_undefined": None,
    "user_defined_macros": None,
    "user_defined_filters": None,
    "default_args": None,
    "max_active_tasks": 16,
    "max_active_runs": 16,
    "max_consecutive_failed_dag_runs": 0,
    "dagrun_timeout": None,
    "sla_miss_callback": None,
    "catchup": True,
    "on_success_callback": None,
    "on_failure_callback": None,
    "doc_md": None,
    "params": None,
    "access_control": None,
    "is_paused_upon_creation": None,
    "jinja_environment_kwargs": None,
    "render_template_as_native_obj": False,
    "tags": None,
    "owner_links": None,
    "auto_register": True,
    "dag_display_name": None,
}
_ONLY: dict[int, dict[str, Any]] = {
    2: {
        "schedule_interval": None,
        "timetable": None,
        "full_filepath": None,
        "concurrency": None,
        "default_view": "grid",
        "orientation": "LR",
        "fail_stop": False,
    },
    3: {
        "fail_fast": False,
        "deadline": None,
        "allowed_run_types": None,
        "task_group": None,
        "disable_bundle_versioning": False,
        "rerun_with_latest_version": None,
    },
}
_SCHEDULES = ("schedule", "schedule_interval", "timetable")
#: Options that are shown in a form of their own.
_SHOWN = ("schedule_interval", "timetable", "full_filepath", "concurrency")
_UNSET = object()
#: Observed in Airflow 2.11.2: what a DAG runs on that names no schedule.
_DAILY = timedelta(days=1)


@known_as("DAG")
class DAG:
    """One DAG; options it does not act on are kept as attributes."""

    def __init__(self, dag_id: str, *args: Any, **options: Any) -> None:
        if len(args) > 1 or (args and scope.airflow_3):
            raise TypeError(
                f"DAG.__init__() takes 2 positional arguments but {2 + len(args)} were given"
            )
        if args:
            options["description"] = args[0]
        self.dag_id = check_key(dag_id)
        self._set_options(options)
        self.dag_display_name = options.get("dag_display_name") or dag_id
        self.default_args: dict[str, Any] = dict(options.get("default_args") or {})
        self.params = ParamsDict(
            {**self.default_args.pop("params", {}), **(options.get("params") or {})}
        )
        self._set_dates(options)
        self.task_dict: dict[str, BaseOperator] = {}
        self.task_group = TaskGroup(None, dag=self)
        self.fileloc = _caller_file()
        #: The ids of its tasks and groups.
        self.used_ids: set[str] = set()

    def _set_options(self, options: dict[str, Any]) -> None:
        known = {**_BOTH, **_ONLY[2 if not scope.airflow_3 else 3]}
        for name in options:
            if name not in known:
                raise TypeError(f"DAG.__init__() got an unexpected keyword argument {name!r}")
        for name, default in known.items():
            if name not in _SHOWN:
                setattr(self, name, options.get(name, default))
        self.schedule = _schedule(options)
        self.tags = (set if scope.airflow_3 else list)(options.get("tags") or ())
        self.owner_links = options.get("owner_links") or {}

    def _set_dates(self, options: dict[str, Any]) -> None:
        start = options.get("start_date") or self.default_args.get("start_date")
        end = options.get("end_date") or self.default_args.get("end_date")
        zone = start.tzinfo if isinstance(start, datetime) else None
        self.timezone: tzinfo = zone or timezone.utc
        self.start_date, self.end_date = as_utc(start), as_utc(end, self.timezone)
        scheduled = any(options.get(name) for name in _SCHEDULES)
        if scheduled and self.start_date is None and not scope.airflow_3:
            raise ValueError("DAG is missing the start_date parameter")
        for name in ("start_date", "end_date"):
            if self.default_args.get(name):
                self.default_args[name] = as_utc(self.default_args[name])

    @property
    def fails_fast(self) -> bool:
        """Whether the first failure skips all that has not run (`fail_stop`, `fail_fast`)."""
        return bool(getattr(self, "fail_fast" if scope.airflow_3 else "fail_stop"))

    @property
    def tasks(self) -> list[BaseOperator]:
        """The tasks, in the order they were made."""
        return list(self.task_dict.values())

    @property
    def task_ids(self) -> list[str]:
        """The ids of the tasks, in the order they were made."""
        return list(self.task_dict)

    @property
    def roots(self) -> list[BaseOperator]:
        """The tasks without upstreams."""
        return [task for task in self.tasks if not task.upstream_task_ids]

    @property
    def leaves(self) -> list[BaseOperator]:
        """The tasks without downstreams."""
        return [task for task in self.tasks if not task.downstream_task_ids]

    @property
    def folder(self) -> str:
        """The folder of the DAG file, where templates are looked up."""
        return str(Path(self.fileloc).parent)

    @property
    def owner(self) -> str:
        """The owners of its tasks, joined."""
        return ", ".join(sorted({task.owner for task in self.tasks}))  # type: ignore[attr-defined]

    @until_3
    def schedule_interval(self) -> Any:
        """The schedule; of assets and timetables, Airflow shows a summary that daglight lacks."""
        if self.schedule is None or isinstance(self.schedule, (str, timedelta)):
            return self.schedule
        raise NotSupported(f"DAG.schedule_interval of {type(self.schedule).__name__}")

    concurrency = until_3(lambda self: self.max_active_tasks)
    full_filepath = until_3(lambda self: self.fileloc)
    task_count = until_3(lambda self: len(self.task_dict))
    safe_dag_id = until_3(lambda self: self.dag_id.replace(".", "__dot__"))
    is_subdag = until_3(lambda _: False)
    parent_dag = until_3(lambda _: None)
    subdags = until_3(lambda _: [])

    @property
    def task(self) -> Any:
        """`@dag.task`: a task of this DAG."""
        from daglight.taskflow import task

        return partial(task, dag=self)

    @property
    def task_group_dict(self) -> dict[str, TaskGroup]:
        """The groups by their ids."""
        found = self.task_group.get_task_group_dict()
        return {str(one): group for one, group in found.items() if one is not None}

    def has_task_group(self, task_group_id: str) -> bool:
        """Whether there is a group of that id."""
        return task_group_id in self.task_group_dict

    def topological_sort(self) -> tuple[BaseOperator, ...]:
        """The tasks so that each comes after its upstreams, groups in one piece."""
        return tuple(self.task_group.sorted_tasks())

    def get_template_env(self, *, force_sandboxed: bool = False) -> Any:
        """The Jinja environment of the DAG."""
        from daglight.templates import Renderer

        _ = force_sandboxed
        return Renderer(self).environment

    def has_task(self, task_id: str) -> bool:
        """Whether there is a task of that id."""
        return task_id in self.task_dict

    def get_task(self, task_id: str) -> BaseOperator:
        """The task of that id; TaskNotFound otherwise."""
        if task_id not in self.task_dict:
            raise TaskNotFound(f"Task {task_id} not found")
        return self.task_dict[task_id]

    def add_task(self, task: BaseOperator) -> None:
        """Take a task in, with the dates of the DAG as bounds of its own."""
        if self.task_dict.get(task.task_id, task) is not task:
            raise DuplicateTaskIdFound(
                f"Task id '{task.task_id}' has already been added to the {_word()}"
            )
        if self.fails_fast:
            _check_rule(task)
        task.start_date = _bound(max, task.start_date, self.start_date)
        task.end_date = _bound(min, task.end_date, self.end_date)
        if task.task_group is None:
            task.task_group = self.task_group
            self.task_group.children[task.task_id] = task
        if shared := self.params.raw():
            task.params = {**shared, **task.params}
        self.task_dict[task.task_id] = task
        self.used_ids.add(task.task_id)

    def add_tasks(self, tasks: Iterable[BaseOperator]) -> None:
        """Take several tasks in."""
        for task in tasks:
            task.dag = self

    def set_dependency(self, upstream_task_id: str, downstream_task_id: str) -> None:
        """An edge between two tasks by their ids."""
        self.get_task(upstream_task_id).set_downstream(self.get_task(downstream_task_id))

    def param(self, name: str, default: Any = _UNSET) -> DagParam:
        """A stand-in for a parameter of the run, usable as an argument of a task."""
        if default is not _UNSET:
            self.params[name] = default
            for task in self.tasks:
                task.params.setdefault(name, default)
        return DagParam(name)

    def check_cycle(self) -> None:
        """AirflowDagCycleException when the edges form a cycle, ValueError for wrong setups."""
        check_setups(self.tasks)
        faulty = faulty_task(self)
        if faulty is not None:
            raise AirflowDagCycleException(
                f"Cycle detected in {_word()}: {self.dag_id}. Faulty task: {faulty}"
            )

    def test(self, *args: Any, **kwargs: Any) -> Any:
        """Run once in this process; for `logical_date`, `run_conf`, `variable_file_path`."""
        if scope.test_dag is None:
            raise AirflowException("dag.test() works in a process that daglight started")
        return scope.test_dag(self, *args, **kwargs)

    def cli(self) -> None:
        """Refused: there is no Airflow command line here."""
        raise NotSupported("DAG.cli")

    def __enter__(self) -> DAG:
        scope.dags.append(self)
        scope.groups.append(self.task_group)
        return self

    def __exit__(self, *_: object) -> None:
        scope.groups.pop()
        scope.dags.pop()
        if self.auto_register and self not in scope.registered:  # type: ignore[attr-defined]
            scope.registered.append(self)

    def __repr__(self) -> str:
        return f"<DAG: {self.dag_id}>"


class DagParam(Resolvable):
    """A parameter of the run by its name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def resolve(self, context: Any) -> Any:
        """The value that the run has for it."""
        return context["params"][self.name]


def _bound(pick: Callable[[Any, Any], Any], own: Any, outer: Any) -> Any:
    """The stricter of two dates; either can be None."""
    return own or outer if own is None or outer is None else pick(own, outer)


def _schedule(options: dict[str, Any]) -> Any:
    """The schedule by any name; without one, Airflow 2 runs daily and Airflow 3 never."""
    names = [name for name in _SCHEDULES if name in options]
    _check_assets(options.get("schedule"))
    if len([name for name in names if options[name]]) > 1:
        raise ValueError(
            "At most one allowed for args 'schedule_interval', 'timetable', and 'schedule'."
        )
    if names:
        return options[names[0]]
    return _DAILY if not scope.airflow_3 else None


def _check_assets(schedule: Any) -> None:
    """ValueError when a schedule is a list of something else than assets."""
    if isinstance(schedule, (list, tuple, set)) and not all(
        isinstance(one, AssetExpression) for one in schedule
    ):
        raise ValueError(
            "All elements in 'schedule' should be "
            + (
                "either assets, asset references, or asset aliases"
                if scope.airflow_3
                else "datasets"
            )
        )


def _check_rule(task: BaseOperator) -> None:
    """An error for a rule that goes on after a failure (observed in 2.11.2 and 3.3.2)."""
    if task.trigger_rule not in ("all_success", "all_done_setup_success"):
        raise (
            FailFastDagInvalidTriggerRule() if scope.airflow_3 else FailStopDagInvalidTriggerRule()
        )


def _word() -> str:
    """How messages of the emulated version call a DAG."""
    return "Dag" if scope.airflow_3 else "DAG"


def _caller_file() -> str:
    """The file of the first caller outside of this package."""
    here = str(Path(__file__).parent)
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(here):
        frame = frame.f_back
    return frame.f_code.co_filename
