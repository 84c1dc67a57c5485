"""What can go wrong in a run of a DAG, one thing at a time: the scenarios that both sides are run in.

They are read from a trace of the plain run: what each task may do (`possible`), how often it was mapped,
what the code asked for and nobody gave (`asked_for`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dagferry.parity.trace import Json, TaskTrace, Trace

#: A DAG of more tasks is not run in every scenario, unless that is asked for.
FEW_TASKS = 30
#: So many of the texts that the code compares with are given to it.
MOST_TEXTS = 5
#: The name of what is asked for and its default -> another value.
Changed = Callable[[str, Json], Json]
OTHER_VARIABLES, OTHER_ENVIRONMENT = "other variables", "other environment"


@dataclass(frozen=True)
class Scenario:
    """One thing that goes wrong; `injections` as `docs/reference/trace.md` describes them.

    `variables` and `environment` are given beside those of the plain run. `instead`: what is run where the
    DAG does not load with them.
    """

    name: str
    injections: tuple[Mapping[str, Json], ...] = ()
    variables: Mapping[str, Json] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    instead: Scenario | None = None

    @property
    def gives(self) -> bool:
        """Whether it gives what the code asks for, which the code may not take."""
        return bool(self.variables or self.environment)


def planned(plain: Trace) -> tuple[Scenario, ...]:
    """Every scenario of a DAG, in the order of its tasks."""
    by_task: dict[str, list[TaskTrace]] = {}
    for task in plain.tasks:
        by_task.setdefault(task.task_id, []).append(task)
    found = [one for tasks in by_task.values() for one in _of_task(tasks)]
    return (*found, *_other_values(plain.asked_for))


def chosen(plain: Trace, limit: int | None) -> tuple[tuple[Scenario, ...], int]:
    """The scenarios to run, evenly spread over all of them, and how many there are in all.

    `limit` None: all for a DAG of up to `FEW_TASKS` tasks, else that many.
    """
    every = planned(plain)
    few = len({task.task_id for task in plain.tasks}) <= FEW_TASKS
    count = len(every) if limit is None and few else FEW_TASKS if limit is None else limit
    if count >= len(every):
        return every, len(every)
    places = [at * len(every) // count for at in range(count)] if count else []
    return tuple(every[place] for place in places), len(every)


def _of_task(instances: Sequence[TaskTrace]) -> Iterator[Scenario]:
    """What can go wrong with a task that the plain run came to."""
    task = instances[0]
    if not any(one.tries for one in instances):
        return
    name, possible = task.task_id, task.possible
    if possible.get("fail"):
        yield _scenario(f"{name} fails", name, "fail")
        if task.options.get("retries"):
            yield _scenario(f"{name} fails once", name, "fail", tries=[1])
        if len(instances) > 1:
            last = max(one.map_index for one in instances)
            yield _scenario(f"{name}[{last}] fails", name, "fail", map_index=last)
    if possible.get("skip"):
        yield _scenario(f"{name} is skipped", name, "skip")
    if possible.get("time_out"):
        yield _scenario(f"{name} times out", name, "time_out")
    for value in possible.get("return", ()):
        yield _scenario(f"{name} returns {_shown(value)}", name, "return", value=value)


def _scenario(title: str, task_id: str, do: str, **more: Any) -> Scenario:
    return Scenario(title, ({"task_id": task_id, "do": do, **more},))


def _shown(value: Json) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _other_values(asked_for: Mapping[str, Json]) -> Iterator[Scenario]:
    """Every variable, or name of the environment, that is asked for has a value of its own.

    Then the texts that the code compares with, for it may ask for one of them.
    """
    variables, environment = asked_for.get("variables", {}), asked_for.get("environment", {})
    texts = asked_for.get("compared", ())[:MOST_TEXTS]
    if variables:
        fewer = Scenario(OTHER_VARIABLES, variables=_variables(variables, _fewer))
        yield Scenario(OTHER_VARIABLES, variables=_variables(variables, _other), instead=fewer)
        defaults = {name: one["default"] for name, one in variables.items() if not one["json"]}
        plain = [name for name, default in defaults.items() if _is_plain(default)]
        for text in texts if plain else ():
            yield Scenario(f"variables say {text}", variables=dict.fromkeys(plain, text))
    if environment:
        fewer = Scenario(OTHER_ENVIRONMENT, environment=_environment(environment, _fewer))
        others = _environment(environment, _other)
        yield Scenario(OTHER_ENVIRONMENT, environment=others, instead=fewer)
        plain = [name for name, default in environment.items() if _is_plain(default)]
        for text in texts if plain else ():
            yield Scenario(f"environment says {text}", environment=dict.fromkeys(plain, text))


def _is_plain(default: Json) -> bool:
    """Whether the code takes any text: not where a number or JSON stands in for it."""
    try:
        json.loads(default)
    except (TypeError, ValueError):
        return default is None or isinstance(default, str)
    return False


def _variables(asked: Mapping[str, Json], changed: Changed) -> dict[str, Json]:
    return {
        name: changed(name, one["default"]) if one["json"] else _text(name, one["default"], changed)
        for name, one in asked.items()
    }


def _environment(asked: Mapping[str, Json], changed: Changed) -> dict[str, str]:
    return {name: _text(name, default, changed) for name, default in asked.items()}


def _text(name: str, default: Json, changed: Changed) -> str:
    """A text that reads as what the default reads as: the code may make a number or JSON of it."""
    try:
        found = changed(name, json.loads(default) if isinstance(default, str) else default)
    except ValueError:
        found = changed(name, default)
    return found if isinstance(found, str) else json.dumps(found)


def _fewer(name: str, default: Json) -> Json:
    """A list or dict without its last element, which names nothing that the code does not know."""
    match default:
        case list():
            return default[:-1]
        case dict() if "$type" not in default:
            return dict(list(default.items())[:-1])
    return _other(name, default)


def _other(name: str, default: Json) -> Json:
    """A value of the same shape as the default, and not the same."""
    match default:
        case bool():
            return not default
        case int() | float():
            return default + 1
        case list():
            return [*default, f"value of {name}"]
        case dict() if "$type" not in default:
            return {key: _other(f"{name}.{key}", value) for key, value in default.items()}
    return f"value of {name}"
