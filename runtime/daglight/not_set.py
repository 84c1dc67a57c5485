"""`NOTSET`: how Airflow 3 says that an argument was not given, which shows in templates."""

from __future__ import annotations

__all__ = ["NOTSET", "ArgNotSet"]


class ArgNotSet:
    """The class of `NOTSET`."""

    def __repr__(self) -> str:
        return "NOTSET"


NOTSET = ArgNotSet()
