"""`literal("{{ text }}")`: a value that is not rendered.

Rule: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/operators.html#fields
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from daglight.xcom_arg import Resolvable

__all__ = ["Literal"]


@dataclass(frozen=True)
class Literal(Resolvable):
    """Stands for its value as it is."""

    value: Any

    def resolve(self, context: Any) -> Any:  # noqa: ARG002 - as the base has it
        """The value."""
        return self.value
