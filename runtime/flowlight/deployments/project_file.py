"""`prefect.yaml`: read key by key, and written back without the loss of a comment or an anchor.

https://docs.prefect.io/v3/how-to-guides/deployments/prefect-yaml. What flowlight does not do is
said: in a note where it changes nothing about what runs (a work pool), in an error where it would.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from flowlight.deployments.deployment import RunnerDeployment
from flowlight.deployments.deployment_schedules import DeploymentScheduleCreate
from flowlight.deployments.project_checks import (
    ENTRY,
    SCHEDULE,
    TOP,
    check_keys,
    check_shapes,
)
from flowlight.deployments.project_templates import fill
from flowlight.deployments.schedule_models import CronSchedule, IntervalSchedule, RRuleSchedule
from flowlight.loading import UserError
from flowlight.user_files import text_of

__all__ = ["ProjectFile", "read_project"]

_WORKING_DIRECTORY = "prefect.deployments.steps.set_working_directory"


@dataclass
class ProjectFile:
    """The file: `document` is its text as data, `notes` what is in it and not used."""

    path: Path
    document: Any
    notes: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The names of its deployments, in its order."""
        return [str(entry.get("name")) for entry in self._entries()]

    def deployments(self, wanted: list[str] | None = None) -> list[RunnerDeployment]:
        """The deployments, or those of these names; their flows are loaded."""
        for name in wanted or []:
            if name not in self.names:
                raise self._wrong(f"no deployment {name!r}; it has: {', '.join(self.names)}")
        entries = self._entries()
        if not entries:
            raise self._wrong("no deployments")
        return [
            self._one(each) for each in entries if not wanted or str(each.get("name")) in wanted
        ]

    def write(self, path: Path | None = None) -> None:
        """Write the file back, with its comments and anchors."""
        with (path or self.path).open("w", encoding="utf-8") as out:
            _yaml().dump(self.document, out)

    def add(self, entry: dict[str, Any]) -> None:
        """Put a deployment into the file, in place of one of the same name."""
        if self.document.get("deployments") is None:
            self.document["deployments"] = []
        entries = self.document["deployments"]
        for position, each in enumerate(entries):
            if each.get("name") == entry["name"]:
                entries[position] = entry
                return
        entries.append(entry)

    def _entries(self) -> list[Any]:
        found = self.document.get("deployments") or []
        if not isinstance(found, list):
            raise self._wrong(f"deployments: expected a list, found {found!r}")
        for entry in found:
            check_keys(entry, ENTRY, f"deployment {_name(entry)!r}", self._wrong)
        return found

    def _wrong(self, what: str) -> UserError:
        return UserError(f"{self.path}: {what}")

    def _one(self, raw: Any) -> RunnerDeployment:
        where = f"deployment {_name(raw)!r}"
        entry = {key: value for key, value in fill(raw, self._wrong).items() if value is not None}
        for key in ("triggers", "sla", "version_type"):
            if entry.get(key):
                raise self._wrong(f"{where}: flowlight has nothing that would use {key!r}")
        for key in ("name", "entrypoint"):
            if not entry.get(key):
                raise self._wrong(f"{where}: {key!r} is missing")
        check_shapes(entry, where, self._wrong)
        if entry.get("schedule") and "schedules" in entry:
            raise self._wrong(f"{where}: has both 'schedule' and 'schedules'; use 'schedules'")
        folder = self._folder(raw, where)
        made = self._load(entry, folder, where)
        made.schedules = [self._schedule(each, where) for each in _schedules(entry)]
        made.job_variables = self._job_variables(entry, where)
        return made

    def _load(self, entry: dict[str, Any], folder: Path, where: str) -> RunnerDeployment:
        from flowlight.deployments.entrypoints import load_flow

        flow = load_flow(entry["entrypoint"], folder)
        kept = ("version", "description", "parameters", "tags", "paused", "flow_name")
        options = {key: entry[key] for key in kept if key in entry}
        options["concurrency_limit"] = self._limit(entry.get("concurrency_limit"), where)
        options["enforce_parameter_schema"] = entry.get("enforce_parameter_schema", True)
        try:
            made = RunnerDeployment.of_source(
                flow, entry["name"], entry["entrypoint"], str(folder), **options
            )
            made.check()
        except ValueError as error:
            raise self._wrong(f"{where}: {error}") from None
        return made

    def _limit(self, given: Any, where: str) -> int | None:
        if not isinstance(given, dict):
            try:
                return None if given is None else int(given)
            except (TypeError, ValueError):
                raise self._wrong(
                    f"{where}: concurrency_limit: expected a number, found {given!r}"
                ) from None
        check_keys(
            given, {"limit", "collision_strategy", "grace_period_seconds"}, where, self._wrong
        )
        if given.get("collision_strategy", "ENQUEUE") != "ENQUEUE" or given.get(
            "grace_period_seconds"
        ):
            raise self._wrong(
                f"{where}: concurrency_limit: flowlight lets runs wait (ENQUEUE) only"
            )
        return given.get("limit")

    def _job_variables(self, entry: dict[str, Any], where: str) -> dict[str, Any]:
        pool = entry.get("work_pool") or {}
        for key in ("name", "work_queue_name"):
            if pool.get(key):
                note = f"work_pool: {key} {pool[key]!r} is not used: flows run on this machine"
                if note not in self.notes:
                    self.notes.append(note)
        variables = dict(pool.get("job_variables") or {})
        if set(variables) - {"env"}:
            others = ", ".join(sorted(set(variables) - {"env"}))
            raise self._wrong(
                f"{where}: job_variables: flowlight honours 'env' only, found: {others}"
            )
        return variables

    def _folder(self, entry: Any, where: str) -> Path:
        """Where the run takes place: what the pull steps say, else where the file is."""
        for step in ("build", "push"):
            if _steps(self.document, entry, step):
                raise self._wrong(f"{where}: flowlight runs no {step!r} steps; set it to null")
        folder = self.path.resolve().parent
        for step in _steps(self.document, entry, "pull"):
            check_keys(step, None, f"{where}: pull", self._wrong)
            if list(step) != [_WORKING_DIRECTORY]:
                raise self._wrong(
                    f"{where}: pull: flowlight honours {_WORKING_DIRECTORY!r} only, found:"
                    f" {', '.join(step)}"
                )
            options = fill(step, self._wrong)[_WORKING_DIRECTORY]
            check_keys(options, {"directory"}, f"{where}: pull", self._wrong)
            if not isinstance(options.get("directory"), str):
                raise self._wrong(f"{where}: pull: {_WORKING_DIRECTORY}: 'directory' is missing")
            folder = folder / options["directory"]
        return folder

    def _schedule(self, given: Any, where: str) -> DeploymentScheduleCreate:
        check_keys(given, SCHEDULE, f"{where}: schedule", self._wrong)
        kinds = [kind for kind in ("cron", "interval", "rrule") if given.get(kind) is not None]
        if len(kinds) != 1:
            raise self._wrong(f"{where}: a schedule has one of 'cron', 'interval', 'rrule'")
        try:
            return DeploymentScheduleCreate(
                schedule=_model(kinds[0], given),
                active=given.get("active", True),
                parameters=given.get("parameters") or {},
                slug=given.get("slug"),
                replaces=given.get("replaces"),
            )
        except ValueError as error:
            raise self._wrong(f"{where}: schedule: {error}") from None


def read_project(path: Path) -> ProjectFile:
    """The file; `UserError` when it cannot be read or has keys that nobody knows."""
    from ruamel.yaml.error import YAMLError

    try:
        document = _yaml().load(text_of(path))
    except YAMLError as error:
        raise UserError(f"{path}: not YAML: {error}") from None
    project = ProjectFile(path, {} if document is None else document)
    check_keys(project.document, TOP, "the file", project._wrong)
    return project


def _yaml() -> Any:
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.representer.add_representer(
        type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", "null")
    )
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _name(entry: Any) -> Any:
    return entry.get("name") if isinstance(entry, dict) else entry


def _steps(document: Any, entry: Any, step: str) -> list[Any]:
    found = (entry[step] if step in entry else document.get(step)) or []
    return found if isinstance(found, list) else [found]


def _schedules(entry: dict[str, Any]) -> list[Any]:
    if "schedules" in entry:
        return list(entry["schedules"])
    return [entry["schedule"]] if entry.get("schedule") else []


def _model(kind: str, given: dict[str, Any]) -> CronSchedule | IntervalSchedule | RRuleSchedule:
    zone = {"timezone": given["timezone"]} if given.get("timezone") else {}
    if kind == "cron":
        return CronSchedule(cron=given["cron"], day_or=given.get("day_or", True), **zone)
    if kind == "rrule":
        return RRuleSchedule(rrule=given["rrule"], **zone)
    length = given["interval"]
    seconds = isinstance(length, (int, float))
    fields: dict[str, Any] = {"interval": timedelta(seconds=length) if seconds else length}
    anchor = {"anchor_date": given["anchor_date"]} if given.get("anchor_date") else {}
    return IntervalSchedule(**fields, **anchor, **zone)
