"""Operators of providers that were not converted: they show the call they would make."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from airflow_compat.operators import BaseOperator, OperatorMeta
from airflow_compat.options import OPTIONS, WITHOUT_EFFECT, WITHOUT_MEANING

__all__ = ["recorded_operator"]

# Set to "record" where calls are compared and not made: `dagferry verify` does.
SWITCH = "AIRFLOW_COMPAT_CALLS"
OF_EVERY_OPERATOR = (
    OPTIONS.keys()
    | WITHOUT_MEANING.keys()
    | WITHOUT_EFFECT
    | {"task_id", "trigger_rule", "params", "default_args", "dag"}
    | {"pre_execute", "post_execute"}
)


class RecordedOperator(BaseOperator):
    """Takes any arguments. Its task raises NotImplementedError, or records its call."""

    airflow_name = ""
    code = ""
    from_defaults: Sequence[str] = ()

    def __init__(self, **kwargs: Any) -> None:
        own = {name: kwargs[name] for name in kwargs if name not in OF_EVERY_OPERATOR}
        super().__init__(**{name: kwargs[name] for name in kwargs if name not in own})
        defaults = self._defaults
        inherited = {n: defaults[n] for n in self.from_defaults if n in defaults}
        self._given = {**inherited, **own}
        for name in self.template_fields:
            setattr(self, name, None)
        for name, value in self._given.items():
            setattr(self, name, value)

    def execute(self, context: Any) -> None:
        """Record the call with its rendered arguments, if calls are to be recorded."""
        if os.environ.get(SWITCH) != "record":
            raise NotImplementedError(
                f"{self.task_id}: {self.airflow_name} has no conversion to Prefect"
                f" ({self.code}): write what it does, or use Prefect's integration"
            )
        arguments = {name: getattr(self, name) for name in self._given}
        name = self.airflow_name.rpartition(".")[2]
        context["ti"].__calls__.append((name, "execute", arguments))


def recorded_operator(
    name: str,
    *,
    code: str = "DF710",
    template_fields: Sequence[str] = (),
    arguments: Sequence[str] = (),
) -> Any:
    """The class that stands for an operator of that qualified name.

    `template_fields` are those of the operator; `arguments` those that it takes from
    `default_args`. `code` is the finding that the error names.
    """
    body = {
        "airflow_name": name,
        "code": code,
        "template_fields": tuple(template_fields),
        "from_defaults": tuple(arguments),
    }
    return OperatorMeta(name.rpartition(".")[2], (RecordedOperator,), body)
