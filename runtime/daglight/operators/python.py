"""`PythonOperator`: calls a function with its arguments and what it asks for of the context.

Rules: https://airflow.apache.org/docs/apache-airflow-providers-
standard/stable/operators/python.html
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Mapping, Sequence
from types import FunctionType, GeneratorType
from typing import Any, ClassVar

from daglight.asset_events import drained
from daglight.exceptions import AirflowException
from daglight.operator import BaseOperator
from daglight.scope import scope

__all__ = ["PythonOperator", "get_current_context", "keywords_for"]


class PythonOperator(BaseOperator):
    """Calls the function with its arguments and the context values it has parameters for."""

    template_fields: ClassVar[Sequence[str]] = ("templates_dict", "op_args", "op_kwargs")

    def __init__(
        self,
        *,
        python_callable: Callable[..., Any],
        op_args: Collection[Any] | None = None,
        op_kwargs: Mapping[str, Any] | None = None,
        templates_dict: dict[str, Any] | None = None,
        templates_exts: Sequence[str] | None = None,
        show_return_value_in_logs: bool = True,
        **kwargs: Any,
    ) -> None:
        if not scope.airflow_3:
            kwargs.pop("provide_context", None)
        super().__init__(**kwargs)
        if not callable(python_callable):
            raise AirflowException("`python_callable` param must be callable")
        self.python_callable = python_callable
        self.op_args = op_args or ()
        self.op_kwargs = op_kwargs or {}
        self.templates_dict = templates_dict
        self.show_return_value_in_logs = show_return_value_in_logs
        if templates_exts:
            self.template_ext = templates_exts  # type: ignore[misc]

    def execute(self, context: Any) -> Any:
        """The function's return value."""
        context.update(self.op_kwargs, templates_dict=self.templates_dict)
        self.op_kwargs = keywords_for(self.python_callable, self.op_args, context)
        result = self.execute_callable()
        return drained(result, context) if isinstance(result, GeneratorType) else result

    def execute_callable(self) -> Any:
        """Call the function; subclasses of users override it."""
        found = self.python_callable(*self.op_args, **self.op_kwargs)
        if scope.airflow_3 and inspect.iscoroutine(found):
            import asyncio

            return asyncio.run(found)
        return found


def keywords_for(
    function: Callable[..., Any], args: Collection[Any], given: Mapping[str, Any]
) -> dict[str, Any]:
    """The part of `given` that the function takes, all of it for `**kwargs`.

    ValueError when a positional argument stands for a name of the context (observed in 2.11.2).
    """
    kinds = _kinds(function)
    if not kinds:
        return {}
    for name in list(kinds)[: len(args)]:
        kind = kinds[name]
        named_only = scope.airflow_3 and kind is inspect.Parameter.KEYWORD_ONLY
        if name in given and kind is not inspect.Parameter.VAR_POSITIONAL and not named_only:
            raise ValueError(
                f"The key {name!r} in args is a part of kwargs and therefore reserved."
            )
    if inspect.Parameter.VAR_KEYWORD in kinds.values():
        return dict(given)
    return {name: given[name] for name in kinds if name in given}


def _kinds(function: Callable[..., Any]) -> Mapping[str, Any]:
    """The kind of each parameter; a function without `*` and `/` is asked itself, which is faster."""
    # Decorators leave their marks (`__wrapped__`, `__signature__`) in the function's dict.
    if isinstance(function, FunctionType) and not function.__dict__:
        code = function.__code__
        starred = code.co_flags & (inspect.CO_VARARGS | inspect.CO_VARKEYWORDS)
        if not (starred or code.co_posonlyargcount or code.co_kwonlyargcount):
            names = code.co_varnames[: code.co_argcount]
            return dict.fromkeys(names, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    parameters = inspect.signature(function).parameters
    return {name: parameter.kind for name, parameter in parameters.items()}


def get_current_context() -> dict[str, Any]:
    """The context of the task that runs now; an error outside of a task."""
    if scope.contexts:
        return scope.contexts[-1]
    text = (
        "Current context was requested but no context was found! "
        "Are you running within an Airflow task?"
    )
    raise (RuntimeError if scope.airflow_3 else AirflowException)(text)
