"""What tasks and flows have in common: a function, options, hooks, and names for its runs."""

from __future__ import annotations

import copy
import functools
import zlib
from collections.abc import Callable, Mapping
from types import FunctionType, GenericAlias
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from flowlight.hooks import Hook, Hooks, hook_list
from flowlight.options import NotSet, check_names, given, option_names
from flowlight.parameters import (
    bind,
    bind_plain,
    flatten,
    to_call,
)
from flowlight.signatures import check_signature, kinds_of, plain_names

if TYPE_CHECKING:
    import inspect

__all__ = ["Runnable", "dress", "function_key", "known_options"]

_TEXTS = frozenset(["name", "description", "version"])

Self = TypeVar("Self", bound="Runnable")


class Runnable:
    """A function with options. `receiver` is the object or class that it was looked up on."""

    __class_getitem__: ClassVar[Any] = classmethod(GenericAlias)
    kind: ClassVar[str]
    known: ClassVar[frozenset[str]]
    none_counts: ClassVar[frozenset[str]]
    absent: ClassVar[Mapping[str, str]]
    hooks: Hooks
    _signature: inspect.Signature | None
    _description: str | None
    _documented: str | None  # the docstring as it stands in the source
    receiver: tuple[Any, ...] = ()
    isclassmethod = False
    isstaticmethod = False
    on_completion_hooks = hook_list("on_completion")
    on_failure_hooks = hook_list("on_failure")
    on_running_hooks = hook_list("on_running")

    def _take(self, fn: Any) -> None:
        """The function, also out of a `classmethod` or a `staticmethod`."""
        self.isclassmethod = isinstance(fn, classmethod)
        self.isstaticmethod = isinstance(fn, staticmethod)
        if self.isclassmethod or self.isstaticmethod:
            fn = fn.__func__
        if not callable(fn):
            raise TypeError("'fn' must be callable")
        self.fn = fn

    @property
    def fn(self) -> Callable[..., Any]:
        """The function; it may be set, and runs call what it was set to."""
        return self._fn

    @fn.setter
    def fn(self, fn: Callable[..., Any]) -> None:
        self._fn = fn
        self._signature = None
        self._plain = plain_names(fn)
        if self._plain is None:
            self._signature = check_signature(fn)
        self.isasync, self.isgenerator = kinds_of(fn)

    @property
    def signature(self) -> inspect.Signature:
        """The signature of the function."""
        if self._signature is None:
            self._signature = check_signature(self._fn)
        return self._signature

    @property
    def description(self) -> str | None:
        """What was given, else the docstring of the function."""
        if self._description or self._documented is None:
            return self._description
        import inspect  # slow to import

        return inspect.cleandoc(self._documented)

    @description.setter
    def description(self, description: str | None) -> None:
        self._description, self._documented = description, _docstring(self._fn)

    @property
    def ismethod(self) -> bool:
        """Whether it is bound to an instance."""
        return bool(self.receiver) and not self.isclassmethod

    def __get__(self: Self, instance: object, owner: type | None = None) -> Self:
        """In a class it is bound to the instance, or to the class, as a method is."""
        receiver = owner if self.isclassmethod else instance
        if receiver is None or self.isstaticmethod:
            return self
        bound = copy.copy(self)
        bound.receiver = (receiver,)
        return bound

    def _copied(self, other: Self) -> Self:
        """`other`, made from this one's function, bound as this one is."""
        other.receiver = self.receiver
        other.isclassmethod = self.isclassmethod
        other.isstaticmethod = self.isstaticmethod
        return other

    def bind(
        self, args: tuple[Any, ...], kwargs: dict[str, Any], *, defaults: bool = True
    ) -> dict[str, Any]:
        """The arguments by name; `self` or `cls` is one of them."""
        if self.receiver:
            args = (*self.receiver, *args)
        if not kwargs and self._plain is not None and len(args) == len(self._plain):
            return dict(zip(self._plain, args))
        bound = None if self._plain is None else bind_plain(self._plain, args, kwargs)
        if bound is None:
            bound = bind(self._fn, self.signature, args, kwargs, defaults=defaults)
        return bound

    def flatten(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters with the names in `**kwargs` beside the others."""
        return flatten(self.signature, parameters) if self._plain is None else dict(parameters)

    def to_call(self, parameters: Mapping[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """The arguments of the call that the parameters describe."""
        if self._plain is None or len(parameters) != len(self._plain):
            return to_call(self.signature, parameters)
        return tuple(map(parameters.__getitem__, self._plain)), {}

    def options(self) -> dict[str, Any]:
        """The options as they were given, for a copy."""
        raise NotImplementedError

    def _changed(self, options: dict[str, Any]) -> dict[str, Any]:
        """The options of a copy; None and empty text change nothing, but for a few options."""
        check_names(f"{self.kind.title()}.with_options()", options, self.known)
        changed = {k: v for k, v in given(options).items() if v != "" or k not in _TEXTS}
        kept = {k: None for k in self.none_counts if options.get(k, NotSet) is None}
        return {**self.options(), **changed, **kept}

    def _add_hook(self, event: str, fn: Hook) -> Hook:
        self.hooks[event].append(fn)
        return fn

    def on_completion(self, fn: Hook) -> Hook:
        """Add a hook for runs that complete; usable as a decorator."""
        return self._add_hook("on_completion", fn)

    def on_failure(self, fn: Hook) -> Hook:
        """Add a hook for runs that fail; usable as a decorator."""
        return self._add_hook("on_failure", fn)

    def on_running(self, fn: Hook) -> Hook:
        """Add a hook for every try that starts; usable as a decorator."""
        return self._add_hook("on_running", fn)

    def __dir__(self) -> list[str]:
        return [name for name in super().__dir__() if name not in type(self).absent]


def dress(runnable: Runnable, fn: Callable[..., Any]) -> None:
    """Give it the name, the docstring and the attributes of its function.

    The attributes of a task or flow that is the function of another one stay its own.
    """
    given: Any = fn
    updated = () if isinstance(given, Runnable) else functools.WRAPPER_UPDATES
    functools.update_wrapper(runnable, given, updated=updated)  # type: ignore[arg-type]  # no function


def _docstring(fn: Callable[..., Any]) -> str | None:
    if isinstance(fn, FunctionType):
        return fn.__doc__
    import inspect  # for others it looks further

    return inspect.getdoc(fn)


def known_options(kind: type) -> frozenset[str]:
    """The names of the options that a class takes."""
    return option_names(vars(kind)["__init__"]) - {"fn"}


def function_key(fn: Callable[..., Any]) -> str:
    """The name and eight digits that tell functions of one name apart; a builtin has no code."""
    if not hasattr(fn, "__qualname__"):  # a partial or an instance with `__call__`
        return f"{type(fn).__module__}.{type(fn).__qualname__}"
    if not hasattr(fn, "__code__") and not hasattr(fn.__call__, "__code__"):  # type: ignore[operator]  # of a class
        raise AttributeError(
            f"{fn} is not a standard Python function object and could not be converted to a task."
        )
    where = f"{fn.__module__}.{fn.__qualname__}"
    return f"{fn.__qualname__.rpartition('.')[2]}-{zlib.crc32(where.encode()):08x}"
