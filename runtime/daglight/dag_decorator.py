"""`@dag`: a function whose call makes a DAG.

Rule: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#the-dag-decorator.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from daglight.dag import DAG

__all__ = ["dag"]


def dag(dag_id: Any = "", *args: Any, **options: Any) -> Any:
    """`@dag`: calling the function makes the DAG; its parameters become parameters of the run."""
    if callable(dag_id):
        return _dag_factory(dag_id, "", (), {})
    return lambda function: _dag_factory(function, dag_id, args, options)


def _dag_factory(
    function: Callable[..., Any], dag_id: str, args: tuple[Any, ...], options: dict[str, Any]
) -> Callable[..., DAG]:
    @functools.wraps(function)
    def factory(*given: Any, **named: Any) -> DAG:
        bound = inspect.signature(function).bind(*given, **named)
        bound.apply_defaults()
        settings = {"doc_md": function.__doc__, **options} if function.__doc__ else options
        with DAG(dag_id or function.__name__, *args, **settings) as made:
            made.fileloc = function.__code__.co_filename
            function(**{name: made.param(name, value) for name, value in bound.arguments.items()})
        return made

    return factory
