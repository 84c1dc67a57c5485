"""The operators behind `@task`, `@task.bash`, `@task.branch` and the other kinds.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/tutorial/taskflow.html; what is
rendered was observed in Airflow 2.11.2 and 3.3.2.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, ClassVar

from daglight.context import CONTEXT_KEYS
from daglight.events import Rendered
from daglight.operators.bash import BashOperator
from daglight.operators.branch import follow, short_circuit
from daglight.operators.python import PythonOperator, keywords_for
from daglight.operators.virtualenv import (
    BranchExternalPythonOperator,
    BranchPythonVirtualenvOperator,
    ExternalPythonOperator,
    PythonVirtualenvOperator,
)
from daglight.scope import scope

__all__ = ["KINDS", "bindable"]


class _Bound:
    """Refuses arguments that the function does not take, when the task is made."""

    def __init__(self, *, python_callable: Callable[..., Any], **kwargs: Any) -> None:
        args, named = kwargs.get("op_args") or (), kwargs.get("op_kwargs") or {}
        bindable(python_callable).bind(*args, **named)
        super().__init__(python_callable=python_callable, **kwargs)  # type: ignore[call-arg]


class _PythonDecoratedOperator(_Bound, PythonOperator):
    """The task that a call of a decorated function makes."""

    custom_operator_name = "@task"


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


class ArgNotSet:
    """Stands in `bash_command` until the function has made it."""


class SetDuringExecution(ArgNotSet):
    """The same by its name in Airflow 3."""


class _BashDecoratedOperator(BashOperator):
    custom_operator_name = "@task.bash"
    template_fields: ClassVar[Sequence[str]] = (
        "op_args",
        "op_kwargs",
        "bash_command",
        "env",
        "cwd",
    )

    def __init__(
        self,
        *,
        python_callable: Callable[..., Any],
        op_args: Collection[Any] | None = None,
        op_kwargs: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        bindable(python_callable).bind(*(op_args or ()), **(op_kwargs or {}))
        self.python_callable, self.op_args, self.op_kwargs = (
            python_callable,
            op_args or (),
            op_kwargs or {},
        )
        unset: Any = SetDuringExecution() if scope.airflow_3 else ArgNotSet()
        super().__init__(bash_command=unset, **kwargs)

    def execute(self, context: Any) -> Any:
        """Run the command that the function returns, rendered; TypeError when it is none."""
        from daglight.templates import Renderer

        given = {**context, **self.op_kwargs}
        kwargs = keywords_for(self.python_callable, self.op_args, given)
        command: Any = self.python_callable(*self.op_args, **kwargs)
        self.bash_command = command
        if not isinstance(command, str) or not command.strip():
            raise TypeError(
                "The returned value from the TaskFlow callable must be a non-empty string."
            )
        ti = context["ti"]
        fields = Renderer(ti.record.source).render_fields(self, context)
        ti.tell(Rendered(ti.task_id, fields, map_index=ti.map_index))
        return super().execute(context)


class _VirtualenvDecoratedOperator(_Bound, PythonVirtualenvOperator):
    custom_operator_name = "@task.virtualenv"


class _ExternalDecoratedOperator(_Bound, ExternalPythonOperator):
    custom_operator_name = "@task.external_python"


class _BranchVirtualenvDecoratedOperator(_Bound, BranchPythonVirtualenvOperator):
    custom_operator_name = "@task.branch_virtualenv"


class _BranchExternalDecoratedOperator(_Bound, BranchExternalPythonOperator):
    custom_operator_name = "@task.branch_external_python"


def bindable(function: Callable[..., Any]) -> inspect.Signature:
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


#: `@task.NAME` -> its operator; `sensor` is looked up where it is used, since few files need it.
KINDS: dict[str, type] = {
    "python": _PythonDecoratedOperator,
    "bash": _BashDecoratedOperator,
    "branch": _BranchDecoratedOperator,
    "branch_external_python": _BranchExternalDecoratedOperator,
    "branch_virtualenv": _BranchVirtualenvDecoratedOperator,
    "external_python": _ExternalDecoratedOperator,
    "short_circuit": _ShortCircuitDecoratedOperator,
    "virtualenv": _VirtualenvDecoratedOperator,
}
