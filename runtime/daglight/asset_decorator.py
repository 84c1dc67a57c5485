"""`@asset` of Airflow 3: a function that writes one asset is a DAG of one task.

Rule: https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/assets.html#asset-definition
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from daglight.asset_names import asset_named
from daglight.assets import Asset, AssetAll
from daglight.dag import DAG
from daglight.operators.python import PythonOperator

__all__ = ["asset"]

_OWN = ("self", "context", "outlet_events")
_OF_ASSET = ("name", "uri", "group", "extra", "watchers", "access_control")


class asset:  # noqa: N801 - Airflow's name
    """`@asset(schedule=..., name=..., uri=..., ...)`; other options are the DAG's."""

    def __init__(self, *, schedule: Any, **options: Any) -> None:
        self._of_asset = {name: options.pop(name) for name in _OF_ASSET if name in options}
        self._dag_id = options.pop("dag_id", None)
        self._options = {"schedule": schedule, "catchup": False, **options}

    def __call__(self, function: Callable[..., Any]) -> Asset:
        """The asset; its DAG is made on the way."""
        _refuse_nested(function)
        named = {"name": function.__name__, **self._of_asset}
        made = Asset(**{"uri": named["name"], **named})
        with DAG(self._dag_id or made.name, **self._options):
            _AssetMainOperator(
                task_id=function.__name__, python_callable=function, outlets=[made], asset=made
            )
        return made

    @staticmethod
    def multi(*, schedule: Any, outlets: Any, **options: Any) -> Any:
        """`@asset.multi`: one function that writes several assets."""

        def decorate(function: Callable[..., Any]) -> AssetAll:
            _refuse_nested(function)
            if not outlets:
                raise ValueError("no outlets provided")
            dag_id = options.pop("dag_id", None) or function.__name__
            with DAG(dag_id, schedule=schedule, catchup=False, **options):
                _AssetMainOperator(
                    task_id=function.__name__, python_callable=function, outlets=list(outlets)
                )
            return AssetAll(*outlets)

        return decorate


class _AssetMainOperator(PythonOperator):
    def __init__(self, *, asset: Asset | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._asset = asset
        parameters = inspect.signature(self.python_callable).parameters.items()
        self.inlets = [
            Asset.ref(name=name)
            for name, parameter in parameters
            if name not in _OWN and parameter.default is parameter.empty
        ]

    def execute(self, context: Any) -> Any:
        """Call the function with what its parameters ask for."""
        events = context["outlet_events"]
        known = {"self": self._asset, "context": context, "outlet_events": events}
        given = {}
        for name, parameter in inspect.signature(self.python_callable).parameters.items():
            if name in known or parameter.default is not parameter.empty:
                given[name] = known.get(name, parameter.default)
            else:
                given[name] = asset_named(name)
        return self.python_callable(**given)


def _refuse_nested(function: Callable[..., Any]) -> None:
    if function.__name__ != function.__qualname__:
        raise ValueError("nested function not supported")
