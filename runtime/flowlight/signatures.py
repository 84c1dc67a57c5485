"""What a function takes and what it is: read off its code, where `inspect` would say the same.

`inspect` takes as long to import as half of flowlight; what is no plain function is left to it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

from flowlight.errors import ReservedArgumentError

if TYPE_CHECKING:
    import inspect

__all__ = ["check_signature", "code_of", "kinds_of", "names_of", "plain_names", "signature_of"]

_RESERVED = ("return_state", "wait_for")
_STAR, _STARS, _GENERATOR, _COROUTINE, _ASYNC_GENERATOR = 0x04, 0x08, 0x20, 0x80, 0x200  # co_flags


def check_signature(fn: Callable[..., Any]) -> inspect.Signature:
    """The signature; `ReservedArgumentError` when it takes a name that calls need themselves."""
    import inspect  # slow to import, and plain functions need none of it

    signature = inspect.signature(fn)
    for name in _RESERVED:
        if name in signature.parameters:
            raise ReservedArgumentError(f"{name!r} is a reserved argument name and cannot be used.")
    return _plain_defaults(signature)


def plain_names(fn: Callable[..., Any]) -> tuple[str, ...] | None:
    """The names, when each can be given by place and by name alike; None for other functions."""
    code = code_of(fn)
    if code is None:
        parameters = check_signature(fn).parameters
        plain = all(each.kind is each.POSITIONAL_OR_KEYWORD for each in parameters.values())
        return tuple(parameters) if plain else None
    if code.co_flags & (_STAR | _STARS) or code.co_posonlyargcount or code.co_kwonlyargcount:
        return None
    names = code.co_varnames[: code.co_argcount]
    if any(name in names for name in _RESERVED):
        check_signature(fn)
    return names


def kinds_of(fn: Callable[..., Any]) -> tuple[bool, bool]:
    """Whether it is asynchronous, and whether it is a generator; as `inspect` says."""
    code = code_of(fn)
    if code is not None:
        flags = code.co_flags
        asynchronous = flags & (_COROUTINE | _ASYNC_GENERATOR)
        return bool(asynchronous), bool(flags & (_GENERATOR | _ASYNC_GENERATOR))
    import inspect

    generates = inspect.isasyncgenfunction(fn)
    asynchronous = inspect.iscoroutinefunction(fn) or generates
    return asynchronous, inspect.isgeneratorfunction(fn) or generates


def code_of(fn: Callable[..., Any]) -> CodeType | None:
    """The code of a function without attributes, which might say something else of it."""
    return fn.__code__ if type(fn) is FunctionType and not vars(fn) else None


def signature_of(fn: Callable[..., Any]) -> inspect.Signature:
    """What `inspect` says, with the annotations as they stand there."""
    import inspect

    return inspect.signature(fn)


def names_of(fn: Callable[..., Any]) -> Iterable[str]:
    """The names of its parameters."""
    names = plain_names(fn)
    return signature_of(fn).parameters if names is None else names


def _plain_defaults(signature: inspect.Signature) -> inspect.Signature:
    """The signature with the defaults that stand in pydantic's `Field(default=...)`."""
    fields = sys.modules.get("pydantic.fields")  # without it there is no such default
    if fields is None:
        return signature
    field = fields.FieldInfo
    changed = [
        p.replace(default=p.default.default) if isinstance(p.default, field) else p
        for p in signature.parameters.values()
    ]
    return signature.replace(parameters=changed)
