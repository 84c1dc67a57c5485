"""Stands for names of Airflow's that have no conversion."""

from __future__ import annotations

from typing import Any, NoReturn

__all__ = ["missing"]


class _Missing(type):
    """The type of what `missing` returns: a class that cannot be used."""

    def _refuse(cls) -> NoReturn:
        raise NotImplementedError(
            f"{cls.airflow_name} has no conversion to Prefect ({cls.code}):"
            " convert what uses it by hand"
        )

    def __call__(cls, *args: Any, **kwargs: Any) -> NoReturn:
        cls._refuse()

    def __getattr__(cls, name: str) -> NoReturn:
        # Python itself asks for such names, while it makes a subclass for example.
        if name.startswith("__"):
            raise AttributeError(name)
        cls._refuse()


def missing(name: str, code: str) -> Any:
    """Stands for an Airflow name that was not converted: using it raises.

    Importing it, and deriving a class from it, work.
    """
    return _Missing(name.rpartition(".")[2], (), {"airflow_name": name, "code": code})
