"""`BaseOperator`: what every task has, and how `default_args` reach it.

Arguments: https://airflow.apache.org/docs/apache-
airflow/stable/_api/airflow/models/baseoperator/; those that do not change what one run does are
taken and kept as attributes.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from daglight.default_args import OperatorMeta, author_error
from daglight.edges import Edges
from daglight.exceptions import AirflowException
from daglight.keys import check_key
from daglight.known import Known, until_3
from daglight.moment import as_utc
from daglight.priority import total_weight
from daglight.relatives import Relatives
from daglight.scope import scope
from daglight.setup_teardown import Marks
from daglight.templater import Templater
from daglight.trigger_rules import RULES, TriggerRule
from daglight.xcom_arg import XComArg, args_within

if TYPE_CHECKING:
    from daglight.dag import DAG
    from daglight.group import TaskGroup
    from daglight.mapped_group import MappedTaskGroup

__all__ = ["BaseOperator", "ignored_options"]

#: Keyword -> default, of everything that daglight keeps but does not act on.
ignored_options: dict[str, Any] = {
    "owner": "airflow",
    "email": None,
    "email_on_retry": True,
    "email_on_failure": True,
    "depends_on_past": False,
    "ignore_first_depends_on_past": True,
    "wait_for_past_depends_before_skipping": False,
    "wait_for_downstream": False,
    "priority_weight": 1,
    "weight_rule": "downstream",
    "queue": "default",
    "pool": "default_pool",
    "pool_slots": 1,
    "sla": None,
    "resources": None,
    "run_as_user": None,
    "task_concurrency": None,
    "map_index_template": None,
    "max_active_tis_per_dag": None,
    "max_active_tis_per_dagrun": None,
    "executor": None,
    "executor_config": None,
    "inlets": None,
    "outlets": None,
    "doc": None,
    "doc_md": None,
    "doc_json": None,
    "doc_yaml": None,
    "doc_rst": None,
    "task_display_name": None,
    "logger_name": None,
    "allow_nested_operators": True,
    "render_template_as_native_obj": None,
    "retry_policy": None,
}


class BaseOperator(Relatives, Marks, Edges, Templater, Known, metaclass=OperatorMeta):
    """One task of a DAG; subclasses say what it does in `execute(context)`."""

    _known_as = "BaseOperator"
    inlets: Any
    outlets: Any
    executor_config: Any
    task_display_name: Any
    template_fields: ClassVar[Sequence[str]] = ()
    template_ext: ClassVar[Sequence[str]] = ()
    template_fields_renderers: ClassVar[dict[str, str]] = {}
    is_mapped = False
    ui_color = "#fff"
    ui_fgcolor = "#000"

    def __init__(
        self,
        task_id: str,
        retries: int | None = 0,
        retry_delay: timedelta | float = timedelta(seconds=300),
        retry_exponential_backoff: float = False,
        max_retry_delay: timedelta | float | None = None,
        start_date: datetime | None = None,
        end_date: datetime | None = None,
        dag: DAG | None = None,
        params: dict[str, Any] | None = None,
        default_args: dict[str, Any] | None = None,
        execution_timeout: timedelta | None = None,
        on_execute_callback: Any = None,
        on_failure_callback: Any = None,
        on_success_callback: Any = None,
        on_retry_callback: Any = None,
        on_skipped_callback: Any = None,
        pre_execute: Callable[..., Any] | None = None,
        post_execute: Callable[..., Any] | None = None,
        trigger_rule: str = "all_success",
        do_xcom_push: bool = True,
        multiple_outputs: bool = False,
        task_group: TaskGroup | None = None,
        **kwargs: Any,
    ) -> None:
        self.label = check_key(task_id)
        self.default_args = default_args or {}
        self._set_ignored(task_id, kwargs)
        self.inlets, self.outlets = _listed(self.inlets), _listed(self.outlets)
        self.executor_config = self.executor_config or {}
        self.retries = int(retries or 0)
        self.retry_delay = _as_delta(retry_delay)
        self.retry_exponential_backoff = retry_exponential_backoff
        self.max_retry_delay = None if max_retry_delay is None else _as_delta(max_retry_delay)
        self.start_date, self.end_date = as_utc(start_date), as_utc(end_date)
        self.execution_timeout = _checked_timeout(execution_timeout)
        self.on_execute_callback = on_execute_callback
        self.on_failure_callback = on_failure_callback
        self.on_success_callback = on_success_callback
        self.on_retry_callback = on_retry_callback
        self.on_skipped_callback = on_skipped_callback
        self._pre_execute_hook, self._post_execute_hook = pre_execute, post_execute
        self.trigger_rule = _checked_rule(trigger_rule, task_id)
        self.do_xcom_push, self.multiple_outputs = do_xcom_push, multiple_outputs
        self.params: dict[str, Any] = dict(params or {})
        self.upstream_task_ids: set[str] = set()
        self.downstream_task_ids: set[str] = set()
        self._dag: DAG | None = None
        self._join(dag or scope.dag, task_group)
        self.task_display_name = self.task_display_name or self.task_id
        if scope.blocks and scope.blocks[-1].open:
            scope.blocks[-1].add_task(self)

    def _set_ignored(self, task_id: str, kwargs: dict[str, Any]) -> None:
        unknown = {name: kwargs[name] for name in kwargs if name not in ignored_options}
        if unknown:
            # Observed in Airflow 2.11.2 and 3.3.2.
            raise author_error(
                f"Invalid arguments were passed to {type(self).__name__} (task_id: {task_id}). "
                f"Invalid arguments were:\n**kwargs: {unknown}"
            )
        defaults = self.__dict__["_defaults"]
        given = {name: defaults[name] for name in defaults if name in ignored_options}
        for name, value in {**self._reset_options(), **given, **kwargs}.items():
            setattr(self, name, value)

    def _reset_options(self) -> dict[str, Any]:
        """The defaults that must stand in the instance, since something else would be found first."""
        early = [name for name in vars(self) if name in ignored_options]
        return {name: ignored_options[name] for name in (*_redefined(type(self)), *early)}

    def _join(self, dag: DAG | None, group: TaskGroup | None) -> None:
        """Take a place in the DAG and the open group, which decides the task id."""
        self.task_id = self.label
        self.task_group: TaskGroup | None = None
        if dag is not None:
            self.task_group = group or scope.group(dag)
            self.task_id = self.task_group.child_id(self.label)
            self.task_group.add(self)
            self.dag = dag

    @property
    def dag(self) -> DAG | None:
        """The DAG this task belongs to, or None."""
        return self._dag

    @dag.setter
    def dag(self, dag: DAG) -> None:
        if self._dag is not None and self._dag is not dag:
            raise AirflowException(f"The DAG assigned to {self} can not be changed.")
        if self._dag is None:
            dag.add_task(self)
        self._dag = dag

    @property
    def dag_id(self) -> str:
        """The id of the DAG; Airflow names a task without one `adhoc_<owner>`."""
        return self._dag.dag_id if self._dag else f"adhoc_{self.owner}"  # type: ignore[attr-defined]

    @property
    def mapped_group(self) -> MappedTaskGroup | None:
        """The innermost mapped group that it stands in; None without one."""
        return self.task_group.mapped_group if self.task_group else None

    @property
    def output(self) -> XComArg:
        """A reference to what this task will return."""
        return XComArg(self)

    @property
    def operator_class(self) -> type[BaseOperator]:
        """The class itself; mapped operators will differ."""
        return type(self)

    @property
    def task_type(self) -> str:
        """The name of the class, as `{{ task.task_type }}` shows it."""
        return type(self).__name__

    @property
    def operator_name(self) -> str:
        """The same, or what the class calls itself."""
        return str(getattr(self, "custom_operator_name", self.task_type))

    @property
    def priority_weight_total(self) -> int:
        """Its weight with those that wait for it, by its `weight_rule`."""
        return total_weight(self)

    def add_inlets(self, inlets: Iterable[Any]) -> None:
        """More assets that it reads."""
        self.inlets = [*self.inlets, *inlets]

    def add_outlets(self, outlets: Iterable[Any]) -> None:
        """More assets that it writes."""
        self.outlets = [*self.outlets, *outlets]

    #: What these take first is the context that the other methods of `ti` know without it.
    xcom_push = until_3(
        lambda _: (
            lambda context, key, value, execution_date=None: context["ti"].xcom_push(
                key=key, value=value, execution_date=execution_date
            )
        )
    )
    xcom_pull = until_3(
        lambda _: lambda context, task_ids=None, **more: context["ti"].xcom_pull(task_ids, **more)
    )

    @property
    def log(self) -> logging.Logger:
        """A logger; what goes there is not part of a trace."""
        return logging.getLogger(
            f"airflow.task.operators.{type(self).__module__}.{type(self).__name__}"
        )

    def edge_roots(self) -> list[BaseOperator]:
        """Just this task."""
        return [self]

    def edge_leaves(self) -> list[BaseOperator]:
        """Just this task."""
        return [self]

    def _link_xcom_args(self) -> None:
        for name in self.template_fields:
            value = getattr(self, name, None)
            if value is not None and type(value) is not str:
                for arg in args_within(value):
                    for leaf in arg.edge_leaves():
                        leaf.set_downstream(self)

    def pre_execute(self, context: Any) -> None:
        """Called after rendering and before `execute`."""
        if self._pre_execute_hook is not None:
            self._pre_execute_hook(context)

    def execute(self, context: Any) -> Any:
        """What the task does; its return value becomes the XCom `return_value`."""
        raise NotImplementedError

    def post_execute(self, context: Any, result: Any = None) -> None:
        """Called after a successful `execute`."""
        if self._post_execute_hook is not None:
            self._post_execute_hook(context, result)

    def on_kill(self) -> None:
        """Called when `execution_timeout` ends the body."""

    def defer(self, **_: Any) -> Any:
        """Refused: sensors of Airflow poke instead, operators of users can not."""
        from daglight.errors import NotSupported

        raise NotSupported(f"deferring to a trigger ({self.task_type})")

    @classmethod
    def partial(cls, **kwargs: Any) -> Any:
        """The arguments that all instances share; `expand` on it makes the task."""
        from daglight.mapped import OperatorPartial

        return OperatorPartial(cls, kwargs)

    def __eq__(self, other: object) -> bool:
        """Whether it is the same task of the same DAG: each try has a copy of its own."""
        if type(self) is not type(other):
            return NotImplemented
        return self is other or (
            self._dag is not None and self._dag is other._dag and self.task_id == other.task_id
        )

    def __hash__(self) -> int:
        return hash((type(self), self.label))

    def __repr__(self) -> str:
        return f"<Task({self.task_type}): {self.task_id}>"


# Kept by the class, for every task would hold the same ones.
for _name, _default in ignored_options.items():
    setattr(BaseOperator, _name, _default)


@cache
def _redefined(kind: type) -> tuple[str, ...]:
    """The options that a class between the task's and `BaseOperator` has something else for."""
    nearer = kind.__mro__[: kind.__mro__.index(BaseOperator)]
    return tuple(name for name in ignored_options if any(name in vars(one) for one in nearer))


def _as_delta(value: timedelta | float) -> timedelta:
    return value if isinstance(value, timedelta) else timedelta(seconds=value)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _checked_timeout(value: timedelta | None) -> timedelta | None:
    if value is not None and not isinstance(value, timedelta):
        raise ValueError(
            f"execution_timeout must be timedelta object but passed as type: {type(value)}"
        )
    return value


def _checked_rule(rule: str, task_id: str) -> TriggerRule:
    text = str(getattr(rule, "value", rule))
    if text in RULES:
        return TriggerRule(text)
    known = ", ".join(repr(one) for one in sorted(RULES))
    where = f"{scope.dag.dag_id if scope.dag else ''}.{task_id}"
    raise (ValueError if scope.airflow_3 else AirflowException)(
        f"The trigger_rule must be one of {{{known}}},'{where}'; received '{rule}'."
    )
