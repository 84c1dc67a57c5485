"""`@task_group`: each call makes a group, and `expand` one that is mapped.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#taskgroups;
messages observed in Airflow 2.11.2 and 3.3.2.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from daglight.exceptions import AirflowException
from daglight.expand_input import DictOfLists, MappedArgument, list_of_dicts
from daglight.group import TaskGroup
from daglight.mapped import refuse_duplicates
from daglight.mapped_group import MappedTaskGroup

__all__ = ["GroupFactory", "check_argument_names", "task_group"]


class _TaskGroupFactory:
    """A decorated function; `override`, `partial` and `expand` as those of `@task` have them."""

    def __init__(
        self,
        function: Callable[..., Any],
        options: dict[str, Any],
        partial: dict[str, Any] | None = None,
    ) -> None:
        self.function, self.options, self.partial_kwargs = function, options, partial or {}
        functools.update_wrapper(self, function)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._make(TaskGroup, args, kwargs, {})

    def override(self, **options: Any) -> _TaskGroupFactory:
        """The same function with some options of the group changed."""
        return _TaskGroupFactory(self.function, {**self.options, **options}, self.partial_kwargs)

    def partial(self, **kwargs: Any) -> _TaskGroupFactory:
        """The same function with some arguments given for all instances."""
        check_argument_names(self.function, "partial", kwargs)
        refuse_duplicates(self.partial_kwargs, kwargs, "duplicate partial")
        return _TaskGroupFactory(self.function, self.options, {**kwargs, **self.partial_kwargs})

    def expand(self, **mapped: Any) -> Any:
        """A copy of the group for every combination of the elements."""
        if not mapped:
            raise TypeError("no arguments to expand against")
        check_argument_names(self.function, "expand", mapped)
        refuse_duplicates(self.partial_kwargs, mapped, "mapping already partial")
        return self._mapped(DictOfLists(mapped), list(mapped))

    def expand_kwargs(self, kwargs: Any) -> Any:
        """A copy of the group for every dict of arguments."""
        expand_input = list_of_dicts(kwargs)
        parameters = inspect.signature(self.function).parameters
        variable = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
        if any(one.kind in variable for one in parameters.values()):
            raise TypeError(
                "calling expand_kwargs() on task group function with * or ** is not supported"
            )
        names = [name for name in parameters if name not in self.partial_kwargs]
        return self._mapped(expand_input, names)

    def _mapped(self, expand_input: Any, names: list[str]) -> Any:
        arguments = {name: MappedArgument(expand_input, name) for name in names}
        return self._make(
            MappedTaskGroup,
            (),
            {**self.partial_kwargs, **arguments},
            {"expand_input": expand_input},
        )

    def _make(
        self,
        kind: type[TaskGroup],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        more: dict[str, Any],
    ) -> Any:
        _check_options(settings := {"group_id": self.function.__name__, **self.options})
        with kind(**{"add_suffix_on_collision": True, **settings, **more}) as group:
            group.tooltip = group.tooltip or self.function.__doc__ or ""
            returned = self.function(*args, **kwargs)
        return group if returned is None else returned


#: Messages of Python show the name, which is that of Airflow.
GroupFactory = _TaskGroupFactory


def check_argument_names(function: Callable[..., Any], verb: str, given: dict[str, Any]) -> None:
    """TypeError when the function has no parameter of such a name."""
    known = inspect.signature(function).parameters
    if any(one.kind is one.VAR_KEYWORD for one in known.values()):
        return
    unknown = [name for name in given if name not in known]
    if unknown:
        names = ", ".join(repr(name) for name in unknown)
        what = (
            "unexpected keyword arguments" if len(unknown) > 1 else "an unexpected keyword argument"
        )
        raise TypeError(f"{verb}() got {what} {names}")


def _check_options(options: dict[str, Any]) -> None:
    known = inspect.signature(TaskGroup.__init__).parameters
    for name in options:
        if name not in known:
            raise TypeError(f"got an unexpected keyword argument {name!r}")


def task_group(function: Callable[..., Any] | None = None, **options: Any) -> Any:
    """`@task_group`: each call makes a group and runs the function inside it."""
    if function is None:
        return lambda given: _TaskGroupFactory(given, options)
    if not callable(function):
        raise AirflowException("@task_group takes keyword arguments only")
    return _TaskGroupFactory(function, options)
