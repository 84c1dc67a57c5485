"""`partial(...).expand(...)`: one task in the DAG, as many instances as the run decides.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/dynamic-task-
mapping.html; messages observed in Airflow 2.11.2 and 3.3.2.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any

from daglight.expand_input import DictOfLists, ExpandInput, list_of_dicts
from daglight.operator import BaseOperator
from daglight.operator_options import OPTIONS
from daglight.scope import scope
from daglight.xcom_arg import args_within

__all__ = ["MappedOperator", "OperatorPartial", "refuse_duplicates"]

_SHARED = {
    *inspect.signature(BaseOperator.__init__).parameters,
    *OPTIONS,
} - {"self", "kwargs"}


class MappedOperator(BaseOperator):
    """Stands for all instances; `unmap` makes the operator of one."""

    is_mapped = True

    def __init__(
        self,
        *,
        operator_class: type[BaseOperator],
        expand_input: ExpandInput,
        partial_kwargs: dict[str, Any],
        into: str | None,
        strict: bool,
        **shared: Any,
    ) -> None:
        self._class, self.expand_input, self.partial_kwargs = (
            operator_class,
            expand_input,
            partial_kwargs,
        )
        self._into, self._strict = into, strict
        super().__init__(**shared)
        self._refuse_mapped_group()
        self.template_fields = operator_class.template_fields  # type: ignore[misc]
        self.template_ext = operator_class.template_ext  # type: ignore[misc]

    def _refuse_mapped_group(self) -> None:
        if self.mapped_group is not None:
            raise NotImplementedError(
                "operator expansion in an expanded task group is not yet supported"
            )

    @property
    def operator_class(self) -> type[BaseOperator]:
        """The class of the instances."""
        return self._class

    @property
    def task_type(self) -> str:
        """The name of that class."""
        return self._class.__name__

    @property
    def is_decorated(self) -> bool:
        """Whether a function with `@task` is mapped, and not an operator by its `partial`."""
        return self._into is not None

    def _link_xcom_args(self) -> None:
        named = [self.partial_kwargs.get(name) for name in self._class.template_fields]
        for reference in args_within([*named, self.expand_input.value]):
            reference.set_downstream(self)

    def unmap(self, context: Any) -> tuple[BaseOperator, list[Any]]:
        """The operator of the instance that runs, and the values in it that are not rendered."""
        mapped, kept = self.expand_input.resolve(context)
        kwargs = dict(self.partial_kwargs)
        if self._into is None:
            self._refuse_overlap(kwargs, mapped)
            kwargs.update(mapped)
        else:
            inner = dict(kwargs.get(self._into) or {})
            self._refuse_overlap(inner, mapped)
            kwargs[self._into] = {**inner, **mapped}
        return self._made(kwargs), kept

    def _refuse_overlap(self, given: dict[str, Any], mapped: dict[str, Any]) -> None:
        if self._strict:
            refuse_duplicates(given, mapped, "unmappable or already specified")

    def _made(self, kwargs: dict[str, Any]) -> BaseOperator:
        task = self._class.__new__(self._class)
        defaults = self.__dict__["_defaults"]
        with scope.detached():
            task.__init__(  # type: ignore[misc]
                **{**kwargs, "task_id": self.label, "default_args": defaults}
            )
        for name in _COPIED:
            setattr(task, name, getattr(self, name))
        task.__dict__["_dag"] = self.dag
        return task

    def __repr__(self) -> str:
        return f"<Mapped({self.task_type}): {self.task_id}>"


_COPIED = (
    "task_id",
    "label",
    "task_group",
    "upstream_task_ids",
    "downstream_task_ids",
    "start_date",
    "end_date",
    "params",
    "trigger_rule",
    "_is_setup",
    "_is_teardown",
    "_fails_run",
)


class OperatorPartial:
    """What `Operator.partial(...)` gives; only `expand` and `expand_kwargs` make a task of it."""

    def __init__(self, operator_class: type[BaseOperator], kwargs: dict[str, Any]) -> None:
        self.operator_class, self.kwargs = operator_class, kwargs
        _check_names(operator_class, "partial", kwargs)

    def expand(self, **mapped: Any) -> MappedOperator:
        """One instance for every combination of the elements."""
        if not mapped:
            raise TypeError("no arguments to expand against")
        _check_names(self.operator_class, "expand", mapped)
        refuse_duplicates(
            {**dict.fromkeys(_SHARED), **self.kwargs}, mapped, "unmappable or already specified"
        )
        return self.mapped(DictOfLists(mapped), strict=False)

    def expand_kwargs(self, kwargs: Any, *, strict: bool = True) -> MappedOperator:
        """One instance for every dict of arguments."""
        return self.mapped(list_of_dicts(kwargs), strict=strict)

    def mapped(
        self, expand_input: ExpandInput, *, strict: bool, into: str | None = None
    ) -> MappedOperator:
        """The task; `into` names the argument that takes what is mapped, else all of them do."""
        shared = {name: one for name, one in self.kwargs.items() if name in _SHARED}
        kept = {
            name: one
            for name, one in self.kwargs.items()
            if name not in ("task_id", "dag", "task_group", "default_args")
        }
        return MappedOperator(
            operator_class=self.operator_class,
            expand_input=expand_input,
            partial_kwargs=kept,
            into=into,
            strict=strict,
            **shared,
        )

    def __repr__(self) -> str:
        args = ", ".join(f"{name}={value!r}" for name, value in self.kwargs.items())
        return f"{self.operator_class.__name__}.partial({args})"


def refuse_duplicates(given: Iterable[str], more: Iterable[str], reason: str) -> None:
    """TypeError when a name is in both."""
    twice = sorted(set(given) & set(more))
    if twice:
        plural = "s" if len(twice) > 1 else ""
        raise TypeError(f"{reason} argument{plural}: {', '.join(twice)}")


def _check_names(operator_class: type[BaseOperator], verb: str, given: Iterable[str]) -> None:
    """TypeError for a name that no `__init__` of the operator and its bases takes.

    What an operator of a provider takes, which is not installed, nobody knows.
    """
    if getattr(operator_class, "_airflow_name", None):
        return
    unknown = [name for name in given if name not in _SHARED | _parameters(operator_class)]
    if unknown:
        names = ", ".join(repr(name) for name in unknown)
        what = (
            "unexpected keyword arguments" if len(unknown) > 1 else "an unexpected keyword argument"
        )
        raise TypeError(f"{operator_class.__name__}.{verb}() got {what} {names}")


def _parameters(operator_class: type[BaseOperator]) -> set[str]:
    inits: list[Callable[..., Any]] = [
        one.__dict__["__init__"] for one in operator_class.__mro__ if "__init__" in one.__dict__
    ]
    return {name for init in inits for name in inspect.signature(init).parameters}
