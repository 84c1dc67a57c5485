"""`NOTSET`: how Airflow 3 says that an argument was not given, which shows in templates."""

from __future__ import annotations

from daglight.scope import scope

__all__ = ["NOTSET", "ArgNotSet"]


class ArgNotSet:
    """The class of `NOTSET`."""

    def __repr__(self) -> str:
        if scope.airflow_3:
            return "NOTSET"
        return f"<airflow.utils.types.ArgNotSet object at {id(self):#x}>"


NOTSET = ArgNotSet()
