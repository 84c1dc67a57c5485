"""What counts as the same: the comparison policy, as data that the report can show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dagferry.graph.execution_graph import EARLY_RULES

LENIENCIES: Mapping[str, str] = {
    "absent is null": "a value that is absent equals null: pulling either gives None",
    "airflow 3 branch": "Airflow 3 does not store what a branch or short-circuit callable returns",
    "any upstream": "a rule that fires early needs one upstream to have ended, not all of them",
    "branch message": "how it is worded that a branch gave something else than ids does not count",
    "datetime spelling": "two spellings of one moment are the same",
    "decided early": "a task that never ran waited only for the task upstream that decided so",
    "dict order": "the order of a dict's keys does not count",
    "error of the engine": "a time-out has another exception and message in Prefect than in Airflow",
    "float tolerance": "floats may differ by the relative tolerance of the policy",
    "group turns": "inside a mapped group, map index i waits for map index i only",
    "internal xcom": "XCom keys that Airflow keeps for itself are not compared",
    "memory address": "memory addresses in text do not count",
    "no deployment": "two files without prefect.yaml and manifest say nothing of how the flow is deployed",
    "no order": "the trigger rule `always` waits for nothing",
    "not called": "a task that Airflow skipped, or that waits behind a failure, is never called",
    "sensor duration": "how long a sensor had waited when it gave up does not count",
    "shell prefix": "the path of the shell in its own error lines does not count",
    "skipped stand-in": "what Airflow skipped may show as the run of a stand-in, tried once",
    "stubbed call": "a call that a stub answered is not looked for in the flow: only that its task gave "
    "the same is shown",
    "unnamed callback": "a callback without a name (functools.partial) is only counted",
    "values of mapped tasks": "Airflow shows no values where a field is given what a mapped task left",
    "unnumbered callbacks": "callbacks of mapped runs are compared per task, not per index",
}


@dataclass(frozen=True)
class Policy:
    """Every leniency that the checks may use; `DEFAULT` is the one that verify uses.

    `float_relative`: 0.0 means exact. `masks`: leniency name -> pattern of text that is left out.
    `alike_errors`: names of exceptions of the engines, Airflow's and Prefect's, for one event.
    `events`: the flow side's name of an event -> Airflow's. `unnamed_callback`: how the flow's helper is
    called where the callback that it stands for has no name.
    """

    float_relative: float = 0.0
    masks: Mapping[str, str] = field(
        default_factory=lambda: {
            "branch message": r"(?s)(?<=AirflowException: ).*'branch_task_ids'(?! must contain).*",
            "memory address": r"\bat 0x[0-9a-fA-F]+",
            "sensor duration": r"run duration of \S+ seconds",
            "shell prefix": r"(?m)^(?:/\S*/)?(?:ba|z|da|k)?sh: (?=line \d+: )",
        }
    )
    alike_errors: frozenset[tuple[str, str]] = frozenset(
        {("AirflowTaskTimeout", "TaskRunTimeoutError")}
    )
    internal_xcoms: frozenset[str] = frozenset(
        {"pipeline_inlets", "pipeline_outlets", "skipmixin_key"}
    )
    events: Mapping[str, str] = field(
        default_factory=lambda: {"on_completion": "on_success", "on_running": "on_execute"}
    )
    unnamed_callback: str = "hook"
    any_upstream: frozenset[str] = EARLY_RULES
    no_order: frozenset[str] = frozenset({"always", "dummy"})

    def to_json(self) -> dict[str, Any]:
        """The policy as the report shows it."""
        return {
            "float_relative": self.float_relative,
            "masks": dict(sorted(self.masks.items())),
            "alike_errors": sorted(map(list, self.alike_errors)),
            "internal_xcoms": sorted(self.internal_xcoms),
            "events": dict(sorted(self.events.items())),
            "unnamed_callback": self.unnamed_callback,
            "any_upstream": sorted(self.any_upstream),
            "no_order": sorted(self.no_order),
        }


DEFAULT = Policy()
