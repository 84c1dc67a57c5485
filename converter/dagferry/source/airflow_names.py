"""The names of Airflow that give DAG-building code its structure, in all its versions' spellings."""

from __future__ import annotations

from dagferry.source.project import ParsedModule
from dagferry.source.scope import qualified
from dagferry.syntax import grammar

DAG_CLASSES = frozenset(
    {"airflow.DAG", "airflow.models.DAG", "airflow.models.dag.DAG", "airflow.sdk.DAG"}
    | {"airflow.sdk.definitions.dag.DAG"}
)
DAG_DECORATORS = frozenset(
    {"airflow.decorators.dag", "airflow.sdk.dag", "airflow.models.dag.dag"}
    | {"airflow.decorators.dag.dag", "airflow.sdk.definitions.dag.dag"}
)
TASK_DECORATORS = frozenset({"airflow.decorators.task", "airflow.sdk.task"})
PLAIN_TASK = frozenset(
    {name + suffix for name in TASK_DECORATORS for suffix in ("", ".python")}
    | {"airflow.decorators.python.python_task", "airflow.operators.python.task"}
)
# Where the functions that draw edges have lived, from Airflow 1.10 to 3.
_HOMES_OF_EDGES = (
    "airflow.models",
    "airflow.models.baseoperator",
    "airflow.sdk",
    "airflow.sdk.bases.operator",
    "airflow.sdk.definitions.baseoperator",
    "airflow.task_sdk.definitions.baseoperator",
    "airflow.utils.helpers",
)
CHAIN = frozenset(f"{home}.chain" for home in _HOMES_OF_EDGES)
CROSS_DOWNSTREAM = frozenset(f"{home}.cross_downstream" for home in _HOMES_OF_EDGES)


def decorator_of(node: grammar.Node, module: ParsedModule) -> tuple[str, grammar.Expression] | None:
    """The first decorator of a function that is Airflow's: its qualified name and its node."""
    for decorator in getattr(node, "decorator_list", []):
        target = decorator.func if isinstance(decorator, grammar.Call) else decorator
        name = qualified(target, module.imports)
        if name is not None and name.startswith("airflow."):
            return name, decorator
    return None


def is_task_decorator(name: str) -> bool:
    """Whether a decorator makes a TaskFlow task, of whatever kind."""
    return name in PLAIN_TASK or any(name.startswith(f"{task}.") for task in TASK_DECORATORS)


def short_name(origin: str) -> str:
    """A qualified name as code spells it: `task.branch`, `TaskGroup`."""
    parts = origin.split(".")
    if parts[:2] in (["airflow", "decorators"], ["airflow", "sdk"]):
        return ".".join(parts[2:])
    return parts[-1]
