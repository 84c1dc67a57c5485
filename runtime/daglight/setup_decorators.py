"""`@setup` and `@teardown`, above a function or above `@task`.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/howto/setup-and-teardown.html
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from daglight.exceptions import AirflowException
from daglight.group_decorator import GroupFactory
from daglight.scope import scope
from daglight.setup_teardown import Block
from daglight.taskflow import Factory, task

__all__ = ["context_wrapper", "setup", "teardown"]


def setup(function: Callable[..., Any]) -> Factory:
    """The function's calls make setup tasks."""
    return _factory(function).marked(is_setup=True)


def teardown(
    function: Callable[..., Any] | None = None, *, on_failure_fail_dagrun: bool = False
) -> Any:
    """The function's calls make teardown tasks."""
    if function is None:
        return lambda given: teardown(given, on_failure_fail_dagrun=on_failure_fail_dagrun)
    return _factory(function).marked(is_teardown=True, fails_run=on_failure_fail_dagrun)


def _factory(function: Any) -> Factory:
    if isinstance(function, GroupFactory):
        raise AirflowException("Task groups cannot be marked as setup or teardown.")
    found: Factory = function if isinstance(function, Factory) else task(function)
    return found


class context_wrapper(list[Any]):  # noqa: N801 - Airflow's name
    """A list of setups or of teardowns that stands in a `with`."""

    def __enter__(self) -> Block:
        operators = [getattr(one, "operator", one) for one in self]
        blocks = []
        for one in operators:
            blocks.append(one.__enter__())
            scope.blocks.pop()
        block = Block(
            [one for each in blocks for one in each.setups],
            [one for each in blocks for one in each.teardowns],
        )
        scope.blocks.append(block)
        return block

    def __exit__(self, *_: object) -> None:
        block = scope.blocks.pop()
        block.close(scope.blocks[-1] if scope.blocks else None)
