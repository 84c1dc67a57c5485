"""Which modules of Airflow belong to providers, by their names of Airflow 1.10, 2 and 3."""

from __future__ import annotations

__all__ = ["is_provided"]

_PACKAGES = ("airflow.providers.", "airflow.contrib.")
_FAMILIES = ("airflow.operators.", "airflow.hooks.", "airflow.sensors.")
#: Parts of the names of modules that Airflow 1.10 had for services.
_MARKS = ("_operator", "_sensor", "_hook", "_to_", "_check")
#: Modules that would be taken for a service by their name or place, and are Airflow's own.
_OWN = frozenset(
    {
        "airflow.operators.subdag_operator",
        "airflow.sensors.base_sensor_operator",
        "airflow.sensors.date_time_sensor",
        "airflow.sensors.smart_sensor",
        "airflow.sensors.time_delta_sensor",
        "airflow.sensors.time_sensor",
        "airflow.sensors.weekday_sensor",
    }
)
#: Modules of Airflow 2 for services whose name does not say so.
_SERVICES = frozenset(
    {
        "airflow.hooks.dbapi",
        "airflow.operators.email",
        "airflow.operators.generic_transfer",
        "airflow.operators.sql",
        "airflow.sensors.sql",
    }
)


def is_provided(module: str) -> bool:
    """Whether what a module has talks to a service."""
    if module in _OWN or module.startswith("airflow.providers.standard."):
        return False
    if module in _SERVICES or module.startswith(_PACKAGES):
        return True
    return module.startswith(_FAMILIES) and any(mark in module for mark in _MARKS)
