"""`EmptyOperator` (`DummyOperator` in Airflow 1.10): a node that does nothing."""

from __future__ import annotations

from typing import Any

from daglight.operator import BaseOperator

__all__ = ["EmptyOperator"]


class EmptyOperator(BaseOperator):
    """Does nothing and succeeds."""

    def execute(self, context: Any) -> None:
        """Nothing."""
