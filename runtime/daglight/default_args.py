"""How `default_args` reach the arguments of an operator, and which arguments it must have.

Rule: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#default-arguments;
messages observed in Airflow 2.11.2 and 3.3.2.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from daglight.exceptions import AirflowException
from daglight.scope import scope

if TYPE_CHECKING:
    from daglight.dag import DAG

__all__ = ["OperatorMeta", "author_error"]


class OperatorMeta(type):
    """Wraps every `__init__`: keywords only, and `default_args` fill what was not given."""

    def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> Any:
        made = super().__new__(mcs, name, bases, body)
        if "__init__" in body:
            made.__init__ = _with_defaults(body["__init__"])  # type: ignore[misc]
        return made

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        task = super().__call__(*args, **kwargs)
        task._link_xcom_args()
        return task


def _with_defaults(init: Callable[..., None]) -> Callable[..., None]:
    parameters = {
        name: parameter
        for name, parameter in list(inspect.signature(init).parameters.items())[1:]
        if parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
    }
    required = {
        name for name, parameter in parameters.items() if parameter.default is parameter.empty
    }

    @functools.wraps(init)
    def wrapper(self: Any, *args: Any, **kwargs: Any) -> None:
        if args:
            raise author_error("Use keyword arguments when initializing operators")
        defaults = self.__dict__.get("_defaults")
        if defaults is None:
            defaults = self.__dict__["_defaults"] = _defaults_for(kwargs)
        for name in defaults:
            if name in parameters and name not in kwargs:
                kwargs[name] = defaults[name]
        if not required <= kwargs.keys():
            raise _missing(required - kwargs.keys())
        init(self, **kwargs)

    return wrapper


def _missing(names: set[str]) -> Exception:
    listed = ", ".join(repr(name) for name in sorted(names))
    return author_error(f"missing keyword argument{'s' if len(names) > 1 else ''} {listed}")


def author_error(text: str) -> Exception:
    """Airflow 2 raises its own exception where Airflow 3 raises TypeError."""
    return TypeError(text) if scope.airflow_3 else AirflowException(text)


def _defaults_for(kwargs: dict[str, Any]) -> dict[str, Any]:
    """The merged `default_args`: of the DAG, its groups from the outside in, the task."""
    dag: DAG | None = kwargs.get("dag") or scope.dag
    merged: dict[str, Any] = {}
    if dag is not None:
        merged.update(dag.default_args)
        merged.update((kwargs.get("task_group") or scope.group(dag)).merged_default_args())
    if own := kwargs.get("default_args"):
        merged.update(own)
    return merged
