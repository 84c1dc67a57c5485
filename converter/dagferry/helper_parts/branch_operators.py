"""Operators that decide what is skipped.

https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#branching
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from airflow_compat.branching import cut_off, followed, not_followed
from airflow_compat.nodes import Node
from airflow_compat.operators import BaseOperator
from airflow_compat.python_operator import PythonOperator

__all__ = ["BaseBranchOperator", "BranchPythonOperator", "ShortCircuitOperator"]


class BaseBranchOperator(BaseOperator):
    """For subclasses: `choose_branch(context)` returns the id or ids to follow."""

    def choose_branch(self, context: Any) -> Any:
        """The id, ids or None to follow."""
        raise NotImplementedError

    def execute(self, context: Any) -> Any:
        """What was chosen."""
        return self.choose_branch(context)

    def check_result(self, result: Any) -> None:
        """Raises AirflowException for what is no task."""
        followed(self.node, result)

    def unwanted(self, result: Any) -> Iterable[Node]:
        """What was not chosen."""
        return not_followed(self.node, result)


class BranchPythonOperator(PythonOperator):
    """Follows the id or ids that the function returns."""

    def check_result(self, result: Any) -> None:
        """Raises AirflowException for what is no task."""
        followed(self.node, result)

    def unwanted(self, result: Any) -> Iterable[Node]:
        """What was not chosen."""
        return not_followed(self.node, result)


class ShortCircuitOperator(PythonOperator):
    """Skips what comes after it when the function returns something false."""

    def __init__(
        self, *, ignore_downstream_trigger_rules: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.ignore_downstream_trigger_rules = ignore_downstream_trigger_rules

    def unwanted(self, result: Any) -> Iterable[Node]:
        """What comes after it, if the result is false."""
        far = self.ignore_downstream_trigger_rules
        return cut_off(self.node, result, far=far)
