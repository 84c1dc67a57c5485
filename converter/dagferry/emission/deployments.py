"""Writes `prefect.yaml`: a deployment for every flow, with the schedule that its DAG had.

Prefect: https://docs.prefect.io/v3/how-to-guides/deployments/prefect-yaml
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dagferry.build.yaml import Inline, Quoted, dump
from dagferry.model.dag import DagSite, Schedule
from dagferry.model.values import Const, Value


@dataclass(frozen=True, slots=True)
class Deployment:
    """What a deployment says: the DAG id as its name, and `file.py:flow`."""

    name: str
    path: str
    flow: str
    site: DagSite
    schedule: Schedule


def deployments_yaml(deployments: list[Deployment]) -> str:
    """The text of `prefect.yaml`."""
    ordered = sorted(deployments, key=lambda one: (one.path, one.name))
    return dump({"deployments": [_deployment(one) for one in ordered]})


def _deployment(one: Deployment) -> dict[str, Any]:
    site = one.site
    entry: dict[str, Any] = {"name": one.name, "entrypoint": f"{one.path}:{one.flow}"}
    description = _text(site.description)
    if description:
        entry["description"] = description
    if site.tags:
        entry["tags"] = list(site.tags)
    if site.max_active_runs is not None:
        entry["concurrency_limit"] = site.max_active_runs
    entry["work_pool"] = Inline(name="default")
    schedule = _schedule(one.schedule)
    if schedule is not None:
        entry["schedules"] = [schedule]
    return entry


def _schedule(schedule: Schedule) -> Inline | None:
    if schedule.kind == "cron" and schedule.cron is not None:
        return Inline(cron=Quoted(schedule.cron), timezone=schedule.timezone)
    if schedule.kind == "interval" and schedule.seconds is not None:
        seconds = int(schedule.seconds) if schedule.seconds % 1 == 0 else schedule.seconds
        found = Inline(interval=seconds)
        if schedule.anchor is not None:
            found["anchor_date"] = Quoted(schedule.anchor)
        found["timezone"] = schedule.timezone
        return found
    return None


def _text(value: Value | None) -> str | None:
    return str(value.value) if isinstance(value, Const) and value.value else None
