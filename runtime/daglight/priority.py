"""What a task's weight is together with those that wait for it.

Rule: https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/priority-weight.html
"""

from __future__ import annotations

from typing import Any

from daglight.errors import NotSupported

__all__ = ["total_weight"]


def total_weight(task: Any) -> int:
    """The weight by the task's `weight_rule`."""
    rule = str(getattr(task.weight_rule, "value", task.weight_rule))
    if rule == "absolute":
        return int(task.priority_weight)
    if rule not in ("downstream", "upstream"):
        raise NotSupported(f"weight_rule {rule}")
    ids = task.get_flat_relative_ids(upstream=rule == "upstream")
    return int(task.priority_weight + sum(task.dag.get_task(one).priority_weight for one in ids))
