"""`PythonSensor` and `@task.sensor`: a function says whether to wait on.

Rules: https://airflow.apache.org/docs/apache-airflow-providers-
standard/stable/sensors/python.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from daglight.operators.python import keywords_for
from daglight.sensors.base import BaseSensorOperator, PokeReturnValue

__all__ = ["DecoratedSensorOperator", "PythonSensor"]


class PythonSensor(BaseSensorOperator):
    """Calls the function with its arguments and the context values it has parameters for."""

    template_fields: ClassVar[Sequence[str]] = ("templates_dict", "op_args", "op_kwargs")

    def __init__(
        self,
        *,
        python_callable: Callable[..., Any],
        op_args: Sequence[Any] | None = None,
        op_kwargs: Mapping[str, Any] | None = None,
        templates_dict: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.python_callable = python_callable
        self.op_args, self.op_kwargs = op_args or [], op_kwargs or {}
        self.templates_dict = templates_dict

    def poke(self, context: Any) -> PokeReturnValue:
        """What the function says."""
        given = {**context, **self.op_kwargs, "templates_dict": self.templates_dict}
        self.op_kwargs = keywords_for(self.python_callable, self.op_args, given)
        found = self.python_callable(*self.op_args, **self.op_kwargs)
        return found if isinstance(found, PokeReturnValue) else PokeReturnValue(bool(found))


class DecoratedSensorOperator(PythonSensor):
    """The task that a call of a function under `@task.sensor` makes."""

    custom_operator_name = "@task.sensor"
    template_fields: ClassVar[Sequence[str]] = ("op_args", "op_kwargs")

    def __init__(self, *, python_callable: Callable[..., Any], **kwargs: Any) -> None:
        from daglight.taskflow_kinds import bindable

        bindable(python_callable).bind(*kwargs.get("op_args", ()), **kwargs.get("op_kwargs", {}))
        super().__init__(python_callable=python_callable, **kwargs)
