"""The context of a task: what Airflow gives to bodies, templates and callbacks."""

from __future__ import annotations

import contextvars
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

from airflow_compat.run import AirflowRun
from airflow_compat.xcom import TaskInstance

__all__ = ["get_current_context"]

contexts: contextvars.ContextVar[dict[str, Any] | None] = contextvars.ContextVar(
    "contexts", default=None
)


def get_current_context() -> dict[str, Any]:
    """The context of the task of a graph that runs now. Raises RuntimeError."""
    context = contexts.get()
    if context is None:
        raise RuntimeError(
            "Current context was requested but no context was found!"
            " Are you running within an Airflow task?"
        )
    return context


class NotInFlows:
    """What Airflow's context has and a flow does not; any use but `repr` and `is` raises."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return f"<{self._name!r} of Airflow's context, which a flow does not have>"

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise NotImplementedError(
            f"{self._name!r} of Airflow's context has no conversion (DF405)"
        )

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):
            # What Prefect looks for in any argument.
            raise AttributeError(name)
        self._refuse()

    __bool__ = __call__ = __contains__ = __format__ = __getitem__ = __int__ = _refuse
    __iter__ = __len__ = __lt__ = __gt__ = __reduce_ex__ = __str__ = _refuse
    __eq__ = __ne__ = __hash__ = _refuse  # type: ignore[assignment, unused-ignore]


# The names that the contexts of 2.11.2 and 3.3.2 have besides those of a flow.
NOT_IN_FLOWS_OF_EITHER = (
    "conn",
    "inlet_events",
    "inlets",
    "map_index_template",
    "outlet_events",
    "outlets",
    "prev_data_interval_end_success",
    "prev_data_interval_start_success",
    "prev_end_date_success",
    "prev_start_date_success",
)
NOT_IN_FLOWS = {
    2: (
        *NOT_IN_FLOWS_OF_EITHER,
        "conf",
        "expanded_ti_count",
        "prev_execution_date_success",
        "test_mode",
        "triggering_dataset_events",
    ),
    3: (
        *NOT_IN_FLOWS_OF_EITHER,
        "partition_date",
        "partition_key",
        "task_reschedule_count",
        "task_state_store",
        "triggering_asset_events",
    ),
}


def task_context(run: AirflowRun, ti: TaskInstance) -> dict[str, Any]:
    """Airflow's context of one task of a run."""
    key = f"{ti.dag_id}__{ti.task_id}__{run.ds_nodash}"
    return {
        **{name: NotInFlows(name) for name in NOT_IN_FLOWS[run._airflow]},
        **run.context(),
        "task": ti.task,
        "task_instance": ti,
        "task_instance_key_str": key,
        "templates_dict": None,
        "ti": ti,
    }


def wanted(
    body: Callable[..., Any],
    args: Sequence[Any],
    context: Mapping[str, Any],
    airflow: int = 2,
) -> dict[str, Any]:
    """The part of `context` that `body` asks for (Airflow's `determine_kwargs`).

    A body gets what its parameters name, or everything when it takes `**kwargs`. A
    positional argument must not fall on a parameter that has a context name; Airflow 2
    counts those that only a keyword can fill, too.
    """
    parameters = inspect.signature(body).parameters
    for name in list(parameters)[: len(args)]:
        by_keyword = parameters[name].kind is inspect.Parameter.KEYWORD_ONLY
        if name in context and not (by_keyword and airflow > 2):
            raise ValueError(
                f"The key {name!r} in args is a part of kwargs and therefore reserved."
            )
    for name in parameters:
        if isinstance(value := context.get(name), NotInFlows):
            # Airflow fills it whatever its default; a default would be another value.
            value._refuse()
    if any(p.kind is p.VAR_KEYWORD for p in parameters.values()):
        return dict(context)
    return {name: context[name] for name in parameters if name in context}
