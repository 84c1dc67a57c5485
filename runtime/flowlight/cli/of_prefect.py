"""Commands of `prefect` that flowlight has not: what each asks for is answered with what to do here.

https://docs.prefect.io/v3/api-ref/cli
"""

from __future__ import annotations

__all__ = ["answer"]

_NO_SERVER = (
    "flowlight has no server: a flow runs in the process that calls it. Start one with"
    " `flowlight run FILE.py`, see what ran with `flowlight runs`, and run flows when they are due"
    " with `flowlight serve FILE.py:FLOW --cron CRON`"
)
_POOLS = (
    "flowlight has no work pools and no workers: `flowlight serve prefect.yaml` runs the deployments"
    " of this machine when they are due; a work pool of a prefect.yaml is read and not asked for"
)
_SETTINGS = (
    "flowlight keeps no profiles: set a setting as an environment variable (`export"
    " PREFECT_LOGGING_LEVEL=DEBUG`), in a prefect.toml, or in [tool.prefect] of a pyproject.toml;"
    " PREFECT_API_URL and PREFECT_API_KEY change nothing here"
)
_BLOCKS = (
    "flowlight registers nothing: a block type is known when its module is imported. Save a block"
    " in Python with `.save(NAME)`, and load it with `.load(NAME)`"
)
_LIMITS = "use `flowlight limit set NAME N`, `flowlight limit list`, `flowlight limit delete NAME`"

_ANSWERS = {
    "agent": _POOLS,
    "api": _NO_SERVER,
    "artifact": "artifacts are kept when a flow makes them; read one with Artifact.get(KEY)",
    "automation": "flowlight has no automations: use hooks (on_failure=[...]) of flows and tasks",
    "block": _BLOCKS,
    "cloud": "flowlight runs on this machine alone: no log-in is needed. " + _NO_SERVER,
    "concurrency-limit": _LIMITS,
    "config": _SETTINGS,
    "dashboard": _NO_SERVER,
    "deploy": (
        "flowlight deploys nothing to a server: `flowlight serve prefect.yaml NAME` runs the"
        " deployments of a prefect.yaml when they are due, and deployment.apply() keeps one for"
        " `flowlight deployments run NAME`"
    ),
    "deployment": "use `flowlight deployments ls`, `runs`, `pause`, `resume` or `run`",
    "events": "events are kept when a flow emits them; nothing listens to them here",
    "flow": "use `flowlight run FILE.py:FLOW`, or `flowlight serve FILE.py:FLOW`",
    "flow-run": "use `flowlight runs` and `flowlight logs RUN`",
    "global-concurrency-limit": _LIMITS,
    "init": (
        "flowlight needs no project: `flowlight run FILE.py` runs a flow as it is. It reads a"
        " prefect.yaml that is there: a list `deployments` with `name`, `entrypoint: FILE.py:FLOW` and"
        ' `schedules: [{cron: "0 6 * * *"}]`, for `flowlight serve prefect.yaml`'
    ),
    "profile": _SETTINGS,
    "secret": 'in Python: Secret(value="...").save(NAME), and Secret.load(NAME).get()',
    "server": _NO_SERVER,
    "shell": "run the command in a flow, with subprocess or prefect-shell",
    "task": "flowlight has no task workers: call the task, or submit it in a flow",
    "task-run": "use `flowlight runs` and `flowlight logs RUN`",
    "variable": "in Python: Variable.set(NAME, VALUE), Variable.get(NAME), Variable.unset(NAME)",
    "work-pool": _POOLS,
    "work-queue": _POOLS,
    "worker": _POOLS,
}


def answer(command: str) -> str | None:
    """What to do in place of a command of `prefect`; None for what is none."""
    found = _ANSWERS.get(command)
    return None if found is None else f"flowlight has no command {command!r}: {found}"
