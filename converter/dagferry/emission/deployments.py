"""Writes `prefect.yaml`: a deployment for every flow, with the schedule that its DAG had.

Prefect: https://docs.prefect.io/v3/how-to-guides/deployments/prefect-yaml
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dagferry.build.yaml import Inline, Quoted, dump
from dagferry.model.dag import DeploymentFacts, Schedule


@dataclass(frozen=True, slots=True)
class Deployment:
    """What a deployment says: the DAG id as its name, and `file.py:flow`."""

    name: str
    path: str
    flow: str
    facts: DeploymentFacts
    stub: bool = False


def deployments_yaml(deployments: list[Deployment]) -> str:
    """The text of `prefect.yaml`."""
    ordered = sorted(deployments, key=lambda one: (one.path, one.name))
    return dump({"deployments": [_deployment(one) for one in ordered]})


def _deployment(one: Deployment) -> dict[str, Any]:
    facts = one.facts
    entry: dict[str, Any] = {"name": one.name, "entrypoint": f"{one.path}:{one.flow}"}
    if facts.description:
        entry["description"] = facts.description
    if facts.tags:
        entry["tags"] = list(facts.tags)
    if facts.max_active_runs is not None:
        entry["concurrency_limit"] = facts.max_active_runs
    schedule = _schedule(facts.schedule)
    if facts.paused or (one.stub and schedule is not None):
        # A schedule of a flow that only raises would make nothing but failed runs.
        entry["paused"] = True
    entry["work_pool"] = Inline(name="default")
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
