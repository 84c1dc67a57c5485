"""`@task`: a function whose call in a DAG makes a task, and whose result is an argument of others.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/tutorial/taskflow.html
"""

from __future__ import annotations

import functools
import inspect
import typing
from collections.abc import Callable, Mapping
from typing import Any

from daglight.context import CONTEXT_KEYS
from daglight.errors import NotSupported
from daglight.keys import next_free
from daglight.operators.branch import follow, short_circuit
from daglight.operators.python import PythonOperator
from daglight.scope import scope
from daglight.xcom_arg import XComArg

__all__ = ["task"]


class _PythonDecoratedOperator(PythonOperator):
    """The task that a call of a decorated function makes."""

    custom_operator_name = "@task"

    def __init__(self, *, python_callable: Callable[..., Any], **kwargs: Any) -> None:
        args, named = kwargs.get("op_args") or (), kwargs.get("op_kwargs") or {}
        _bindable(python_callable).bind(*args, **named)
        super().__init__(python_callable=python_callable, **kwargs)


class _BranchDecoratedOperator(_PythonDecoratedOperator):
    custom_operator_name = "@task.branch"

    def execute(self, context: Any) -> Any:
        """Skip what the function did not choose."""
        return follow(self, context, super().execute(context))


class _ShortCircuitDecoratedOperator(_PythonDecoratedOperator):
    custom_operator_name = "@task.short_circuit"

    def __init__(self, *, ignore_downstream_trigger_rules: bool = True, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ignore_downstream_trigger_rules = ignore_downstream_trigger_rules

    def execute(self, context: Any) -> Any:
        """Skip what follows when the function's value is false."""
        return short_circuit(self, context, super().execute(context))


def _bindable(function: Callable[..., Any]) -> inspect.Signature:
    """The signature with a default for every parameter that the context fills."""
    signature = inspect.signature(function)
    parameters = []
    for one in signature.parameters.values():
        if one.name in CONTEXT_KEYS and one.kind is not one.VAR_KEYWORD:
            if one.default not in (one.empty, None):
                raise ValueError(
                    f"Context key parameter {one.name} can't have a default other than None"
                )
            parameters.append(one.replace(default=None))
        else:
            parameters.append(one)
    return _with_any_order(signature, parameters)


def _with_any_order(
    signature: inspect.Signature, parameters: list[inspect.Parameter]
) -> inspect.Signature:
    """Such a signature even when a parameter without default follows one that now has one."""
    seen = False
    for index, one in enumerate(parameters):
        seen = seen or one.default is not one.empty
        positional = one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)
        if seen and positional and one.default is one.empty:
            parameters[index] = one.replace(default=None)
    return signature.replace(parameters=parameters)


class _Factory:
    """A decorated function; `override` gives a copy with other options."""

    def __init__(
        self, function: Callable[..., Any], operator: type[PythonOperator], options: dict[str, Any]
    ) -> None:
        self.function, self.operator_class, self.kwargs = function, operator, options
        functools.update_wrapper(self, function)

    def __call__(self, *args: Any, **kwargs: Any) -> XComArg:
        options = dict(self.kwargs)
        name = options.pop("task_id", None) or self.function.__name__
        multiple = options.pop("multiple_outputs", None)
        made = self.operator_class(
            task_id=_free_id(name, options),
            python_callable=self.function,
            op_args=args,
            op_kwargs=kwargs,
            multiple_outputs=_returns_mapping(self.function) if multiple is None else multiple,
            **options,
        )
        return XComArg(made)

    def override(self, **options: Any) -> _Factory:
        """The same function with some options changed."""
        return _Factory(self.function, self.operator_class, {**self.kwargs, **options})

    def expand(self, **_: Any) -> Any:
        """Refused: dynamic mapping is not there yet."""
        raise NotSupported("dynamic task mapping (expand)")

    def expand_kwargs(self, *_: Any, **__: Any) -> Any:
        """Refused: dynamic mapping is not there yet."""
        raise NotSupported("dynamic task mapping (expand_kwargs)")

    def partial(self, **_: Any) -> Any:
        """Refused: dynamic mapping is not there yet."""
        raise NotSupported("dynamic task mapping (partial)")


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


class _TaskDecorator:
    """`@task`, `@task.branch`, `@task.short_circuit`; other kinds are refused by name."""

    def __init__(self, operator: type[PythonOperator], kinds: dict[str, _TaskDecorator]) -> None:
        self._operator, self._kinds = operator, kinds

    def __call__(self, function: Callable[..., Any] | None = None, **options: Any) -> Any:
        if function is None:
            return lambda given: self(given, **options)
        if not callable(function):
            raise TypeError("No args allowed while using @task, use kwargs instead")
        return _Factory(function, self._operator, options)

    def __getattr__(self, name: str) -> Any:
        if name in self._kinds:
            return self._kinds[name]
        if name.startswith("_"):
            raise AttributeError(name)
        raise NotSupported(f"@task.{name}")


_python = _TaskDecorator(_PythonDecoratedOperator, {})
task = _TaskDecorator(
    _PythonDecoratedOperator,
    {
        "python": _python,
        "branch": _TaskDecorator(_BranchDecoratedOperator, {}),
        "short_circuit": _TaskDecorator(_ShortCircuitDecoratedOperator, {}),
    },
)
