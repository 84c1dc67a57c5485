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
from daglight.known import known_as, until_3
from daglight.moment import as_utc
from daglight.operator_options import CHECKS, OPTIONS, redefined, with_options
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

__all__ = ["BaseOperator"]


@known_as("BaseOperator")
class BaseOperator(Relatives, Marks, Edges, Templater, metaclass=OperatorMeta):
    """One task of a DAG; subclasses say what it does in `execute(context)`."""

    label: str
    start_date: datetime | None
    end_date: datetime | None
    params: dict[str, Any]
    default_args: dict[str, Any]
    task_group: TaskGroup | None
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
    retries: int
    retry_delay: timedelta
    retry_exponential_backoff: float
    max_retry_delay: timedelta | None
    execution_timeout: timedelta | None
    on_execute_callback: Any
    on_failure_callback: Any
    on_success_callback: Any
    on_retry_callback: Any
    on_skipped_callback: Any
    do_xcom_push: bool
    multiple_outputs: bool

    def __init__(
        self,
        task_id: str,
        start_date: datetime | None = None,
        end_date: datetime | None = None,
        dag: DAG | None = None,
        params: dict[str, Any] | None = None,
        default_args: dict[str, Any] | None = None,
        pre_execute: Callable[..., Any] | None = None,
        post_execute: Callable[..., Any] | None = None,
        trigger_rule: str = "all_success",
        task_group: TaskGroup | None = None,
        **kwargs: Any,
    ) -> None:
        self.label = check_key(task_id)
        self.default_args = default_args or {}
        self._set_options(task_id, kwargs)
        self.inlets, self.outlets = _listed(self.inlets), _listed(self.outlets)
        self.executor_config = self.executor_config or {}
        self.start_date = None if start_date is None else as_utc(start_date)
        self.end_date = None if end_date is None else as_utc(end_date)
        self._pre_execute_hook, self._post_execute_hook = pre_execute, post_execute
        self.trigger_rule = _checked_rule(trigger_rule, task_id)
        self.params: dict[str, Any] = dict(params) if params else {}
        self.upstream_task_ids: set[str] = set()
        self.downstream_task_ids: set[str] = set()
        self._dag: DAG | None = None
        self._join(dag or scope.dag, task_group)
        self.task_display_name = self.task_display_name or self.task_id
        if scope.blocks and scope.blocks[-1].open:
            scope.blocks[-1].add_task(self)

    def _set_options(self, task_id: str, given: dict[str, Any]) -> None:
        """Hold what was given; the rest stands in the class."""
        if not given.keys() <= OPTIONS.keys():
            unknown = {name: given[name] for name in given if name not in OPTIONS}
            # Observed in Airflow 2.11.2 and 3.3.2.
            raise author_error(
                f"Invalid arguments were passed to {type(self).__name__} (task_id: {task_id}). "
                f"Invalid arguments were:\n**kwargs: {unknown}"
            )
        defaults = self.__dict__["_defaults"]
        inherited = (
            {name: defaults[name] for name in defaults if name in OPTIONS} if defaults else {}
        )
        for name, value in {**self._reset_options(), **inherited, **given}.items():
            setattr(self, name, CHECKS[name](value) if name in CHECKS else value)

    def _reset_options(self) -> dict[str, Any]:
        """The defaults that must stand in the instance, since something else would be found first."""
        own, early = _redefined(type(self)), OPTIONS.keys() & vars(self)
        return {name: OPTIONS[name] for name in (*own, *early)} if own or early else {}

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
            if type(value) not in _PLAIN or (type(value) is not str and value):
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


#: Without an element there is no reference in them; in a text there never is.
_PLAIN = frozenset({type(None), str, tuple, list, dict})
for _name, _default in OPTIONS.items():
    setattr(BaseOperator, _name, _default)
BaseOperator.__init__.__signature__ = with_options(BaseOperator.__init__)  # type: ignore[attr-defined]


@cache
def _redefined(kind: type) -> tuple[str, ...]:
    return redefined(kind, BaseOperator)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


_RULES = {rule.value: rule for rule in TriggerRule}


def _checked_rule(rule: str, task_id: str) -> TriggerRule:
    if type(rule) is str and rule in _RULES:
        return _RULES[rule]
    text = str(getattr(rule, "value", rule))
    if text in RULES:
        return TriggerRule(text)
    known = ", ".join(repr(one) for one in sorted(RULES))
    where = f"{scope.dag.dag_id if scope.dag else ''}.{task_id}"
    raise (ValueError if scope.airflow_3 else AirflowException)(
        f"The trigger_rule must be one of {{{known}}},'{where}'; received '{rule}'."
    )
