"""`@task`: a function whose call in a DAG makes a task, and whose result is an argument of others.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/tutorial/taskflow.html
"""

from __future__ import annotations

import functools
import inspect
import typing
from collections.abc import Callable, Mapping
from typing import Any

from daglight.conditions import condition
from daglight.context import CONTEXT_KEYS
from daglight.errors import NotSupported
from daglight.expand_input import DictOfLists, list_of_dicts
from daglight.group_decorator import check_argument_names
from daglight.keys import next_free
from daglight.mapped import OperatorPartial, refuse_duplicates
from daglight.operator import BaseOperator
from daglight.scope import scope
from daglight.taskflow_kinds import KINDS
from daglight.xcom_arg import Reference, XComArg

__all__ = ["Factory", "task"]


class _TaskDecorator:
    """A decorated function; `override` gives a copy with other options, `expand` maps it."""

    def __init__(
        self,
        function: Callable[..., Any],
        operator: type[BaseOperator],
        options: dict[str, Any],
        marks: dict[str, bool] | None = None,
    ) -> None:
        self.function, self.operator_class, self.kwargs = function, operator, options
        self.marks = marks or {}
        if "self" in inspect.signature(function).parameters:
            raise TypeError(f"@{_decorator(operator)} does not support methods")
        functools.update_wrapper(self, function)

    def __call__(self, *args: Any, **kwargs: Any) -> XComArg:
        options = self._options()
        inner = {**options.pop("op_kwargs", {}), **kwargs}
        made = self.operator_class(
            python_callable=self.function, op_args=args, op_kwargs=inner, **options
        )
        return XComArg(self._mark(made))

    def override(self, **options: Any) -> _TaskDecorator:
        """The same function with some options changed."""
        return self._changed(**options)

    def marked(self, **marks: bool) -> _TaskDecorator:
        """The same function as a setup or a teardown."""
        return _TaskDecorator(
            self.function, self.operator_class, self.kwargs, {**self.marks, **marks}
        )

    def partial(self, **kwargs: Any) -> _TaskDecorator:
        """The same function with some arguments given for all instances."""
        self._check_names("partial", kwargs)
        given = self.kwargs.get("op_kwargs", {})
        refuse_duplicates(given, kwargs, "duplicate partial")
        return self._changed(op_kwargs={**kwargs, **given})

    def expand(self, **mapped: Any) -> XComArg:
        """One instance for every combination of the elements."""
        self._refuse_always(mapped)
        if not mapped:
            raise TypeError("no arguments to expand against")
        self._check_names("expand", mapped)
        refuse_duplicates(self.kwargs, mapped, "mapping already partial")
        return self._mapped(DictOfLists(mapped), strict=False)

    def expand_kwargs(self, kwargs: Any, *, strict: bool = True) -> XComArg:
        """One instance for every dict of arguments."""
        return self._mapped(list_of_dicts(kwargs), strict=strict)

    def _mapped(self, expand_input: Any, *, strict: bool) -> XComArg:
        partial = OperatorPartial(
            self.operator_class, {"python_callable": self.function, **self._options()}
        )
        return XComArg(self._mark(partial.mapped(expand_input, strict=strict, into="op_kwargs")))

    def _options(self) -> dict[str, Any]:
        """The arguments of the operator beside those of the function."""
        options = dict(self.kwargs)
        if self.marks.get("is_teardown"):
            if "trigger_rule" in options:
                raise ValueError("Trigger rule not configurable for teardown tasks.")
            # Observed in Airflow 2.11.2 and 3.3.2: the rule stays, so a second call is refused.
            self.kwargs["trigger_rule"] = options["trigger_rule"] = "all_done_setup_success"
        options["task_id"] = _free_id(options.get("task_id") or self.function.__name__, options)
        if options.get("multiple_outputs") is None:
            options["multiple_outputs"] = _returns_mapping(self.function)
        options.pop("on_failure_fail_dagrun", None)
        return options

    def _mark(self, made: BaseOperator) -> BaseOperator:
        made.is_setup = self.marks.get("is_setup", False)
        made.is_teardown = self.marks.get("is_teardown", False)
        made.on_failure_fail_dagrun = self.kwargs.get(
            "on_failure_fail_dagrun", self.marks.get("fails_run", False)
        )
        return made

    def _changed(self, **options: Any) -> _TaskDecorator:
        changed = {**self.kwargs, **options}
        return _TaskDecorator(self.function, self.operator_class, changed, self.marks)

    def _refuse_always(self, mapped: dict[str, Any]) -> None:
        rule = str(
            getattr(self.kwargs.get("trigger_rule"), "value", self.kwargs.get("trigger_rule"))
        )
        if rule == "always" and any(isinstance(one, Reference) for one in mapped.values()):
            raise ValueError(
                "Task-generated mapping within a task using 'expand' is not allowed with "
                "trigger rule 'always'."
            )

    def _check_names(self, verb: str, given: dict[str, Any]) -> None:
        shadowed = sorted(CONTEXT_KEYS & given.keys())
        if shadowed:
            plural = "s" if len(shadowed) > 1 else ""
            names = ", ".join(repr(name) for name in shadowed)
            raise ValueError(f"cannot call {verb}() on task context variable{plural} {names}")
        check_argument_names(self.function, verb, given)


#: Messages of Python show the name, which is that of Airflow.
Factory = _TaskDecorator


def _decorator(operator: type[BaseOperator]) -> str:
    return str(getattr(operator, "custom_operator_name", "@task")).lstrip("@")


def _free_id(name: str, options: dict[str, Any]) -> str:
    dag = options.get("dag") or scope.dag
    if dag is None:
        return name
    group = options.get("task_group") or scope.group(dag)
    return next_free(name, group.child_id(name), dag.used_ids)


def _returns_mapping(function: Callable[..., Any]) -> bool:
    """Whether the return annotation is a dict, which turns `multiple_outputs` on."""
    try:
        returned = typing.get_type_hints(function).get("return")
    except (NameError, TypeError):
        return False
    kind = typing.get_origin(returned) or returned
    return isinstance(kind, type) and issubclass(kind, Mapping)


class _Kind:
    """`@task` or `@task.bash` and the like: makes a decorated function of a function."""

    def __init__(self, operator: Callable[[], type[BaseOperator]]) -> None:
        self._operator = operator

    def __call__(self, function: Callable[..., Any] | None = None, **options: Any) -> Any:
        if function is None:
            return lambda given: self(given, **options)
        if not callable(function):
            raise TypeError("No args allowed while using @task, use kwargs instead")
        return Factory(function, self._operator(), options)


class _Task(_Kind):
    """`@task` itself; its attributes are the kinds, and those daglight lacks are refused by name."""

    run_if = staticmethod(condition("run_if", run_when=True))
    skip_if = staticmethod(condition("skip_if", run_when=False))

    def __getattr__(self, name: str) -> Any:
        if name in KINDS:
            return _Kind(lambda: KINDS[name])
        if name == "sensor":
            return _Kind(_sensor)
        if name.startswith("_"):
            raise AttributeError(name)
        from daglight.taskflow_provided import SERVICES, service_kind

        if name in SERVICES:
            return _Kind(lambda: service_kind(name))
        raise NotSupported(f"@task.{name}")


def _sensor() -> type[BaseOperator]:
    from daglight.sensors.python import DecoratedSensorOperator

    return DecoratedSensorOperator


task = _Task(lambda: KINDS["python"])
