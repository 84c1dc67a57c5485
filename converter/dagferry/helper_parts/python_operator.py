"""`PythonOperator`: calls a function with its arguments and what it asks for."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, ClassVar

from airflow_compat.context import wanted
from airflow_compat.operators import BaseOperator

__all__ = ["PythonOperator"]


class PythonOperator(BaseOperator):
    """Calls `python_callable`; it gets its arguments and what it names of the context.

    https://airflow.apache.org/docs/apache-airflow-providers-standard/stable/operators/python.html
    """

    template_fields: ClassVar[Sequence[str]] = (
        "templates_dict",
        "op_args",
        "op_kwargs",
    )

    def __init__(
        self,
        *,
        python_callable: Callable[..., Any],
        op_args: Collection[Any] | None = None,
        op_kwargs: Mapping[str, Any] | None = None,
        templates_dict: dict[str, Any] | None = None,
        show_return_value_in_logs: bool = True,
        **kwargs: Any,
    ) -> None:
        # An argument of Airflow 1.10.
        kwargs.pop("provide_context", None)
        super().__init__(**kwargs)
        if not callable(python_callable):
            raise TypeError("`python_callable` param must be callable")
        self.python_callable = python_callable
        self.op_args = op_args or ()
        self.op_kwargs = op_kwargs or {}
        self.templates_dict = templates_dict
        self.show_return_value_in_logs = show_return_value_in_logs

    def execute(self, context: Any) -> Any:
        """What the function returns."""
        context.update(self.op_kwargs, templates_dict=self.templates_dict)
        self.op_kwargs = called_with(self, context)
        return self.execute_callable()

    def execute_callable(self) -> Any:
        """Call the function; Airflow 3 awaits what a coroutine function gives."""
        found = self.python_callable(*self.op_args, **self.op_kwargs)
        if inspect.iscoroutine(found) and self.node.graph.run._airflow > 2:
            return asyncio.run(found)
        return found


def called_with(operator: Any, context: Mapping[str, Any]) -> dict[str, Any]:
    """The part of the context that the function of an operator asks for."""
    airflow = operator.node.graph.run._airflow
    return wanted(operator.python_callable, tuple(operator.op_args), context, airflow)
