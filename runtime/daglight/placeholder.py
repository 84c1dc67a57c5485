"""Stands for what daglight does not have of Airflow: importing is fine, using is refused."""

from __future__ import annotations

from typing import Any

from daglight.errors import NotSupported
from daglight.exceptions import AirflowException

__all__ = ["placeholder"]


class _Meta(type):
    """Refuses to make instances, of subclasses too; attributes are placeholders again."""

    def __call__(cls, *_: Any, **__: Any) -> Any:
        name = getattr(cls, "_airflow_name", cls.__name__)
        own = "" if name.endswith(cls.__name__) else f", which {cls.__name__} is made of,"
        raise NotSupported(f"{name}{own}")

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return placeholder(f"{cls._airflow_name}.{name}")

    def __rshift__(cls, *_: Any) -> Any:
        raise NotSupported(cls._airflow_name)

    __rrshift__ = __lshift__ = __rlshift__ = __iter__ = __getitem__ = __enter__ = __rshift__
    #: As text it would be taken for a value: `XCOM_KEY`, `TIMEZONE`.
    __str__ = __format__ = __contains__ = __len__ = __add__ = __radd__ = __rshift__

    def __or__(cls, other: Any) -> Any:
        return Any

    __ror__ = __or__

    _airflow_name: str


def placeholder(name: str) -> Any:
    """A class that only ever refuses; an exception class when the name says so."""
    last = name.rpartition(".")[2]
    if last.endswith(("Exception", "Error", "Timeout")):
        return type(last, (AirflowException,), {})
    return _Meta(last, (), {"_airflow_name": name, "__doc__": f"daglight has no {name}."})
