"""What is current while a DAG file loads or a task runs.

Airflow's API finds these without being told (`with DAG(...)`, `get_current_context()`), so they
are the state of the process. Everything else is passed as arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from daglight.dag import DAG
    from daglight.group import TaskGroup
    from daglight.injection import Injection
    from daglight.setup_teardown import Block
    from daglight.stubs import Stub

__all__ = ["Scope", "scope"]


@dataclass
class Scope:
    """The stacks of one process."""

    version: int = 2
    #: Whether Airflow 3 is emulated.
    airflow_3: bool = False
    dags: list[DAG] = field(default_factory=list)
    groups: list[TaskGroup] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    contexts: list[dict[str, Any]] = field(default_factory=list)
    #: Contexts of callbacks of the run, which no task is current for.
    reporting: list[dict[str, Any]] = field(default_factory=list)
    registered: list[DAG] = field(default_factory=list)
    #: What recorded calls give, by task id, operator or `Hook.method`.
    stubs: Mapping[str, Stub] = field(default_factory=dict)
    #: What goes wrong on purpose.
    injections: tuple[Injection, ...] = ()
    #: What `dag.test()` does; the command line sets it: authoring does not import the engine.
    test_dag: Callable[..., Any] | None = None

    def emulate(self, version: int) -> None:
        """Behave like that major version from now on."""
        self.version, self.airflow_3 = version, version >= 3

    @property
    def dag(self) -> DAG | None:
        """The DAG whose `with` block is open, innermost first."""
        return self.dags[-1] if self.dags else None

    def group(self, dag: DAG) -> TaskGroup:
        """The open group of this DAG, else its root group."""
        if self.groups and self.groups[-1].dag is dag:
            return self.groups[-1]
        return dag.task_group

    @contextmanager
    def detached(self) -> Iterator[None]:
        """Inside, no DAG and no block is open: what is made there joins none."""
        dags, blocks = self.dags, self.blocks
        self.dags, self.blocks = [], []
        try:
            yield
        finally:
            self.dags, self.blocks = dags, blocks


scope = Scope()
