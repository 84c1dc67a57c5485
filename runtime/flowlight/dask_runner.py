"""The task runner whose tasks run on a cluster of `dask.distributed`.

https://docs.prefect.io/integrations/prefect-dask. It needs the extra: `pip install 'dagferry[dask]'`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from flowlight.dispatcher import Dispatcher
from flowlight.executors import Threads
from flowlight.futures import PrefectFuture
from flowlight.remote.execute import execute
from flowlight.remote.reports import Report
from flowlight.remote.sending import dispatch_remote
from flowlight.task_runners import TaskRunner

if TYPE_CHECKING:
    from flowlight.tasks import Task

__all__ = ["DaskTaskRunner"]

_MOST_IN_FLIGHT = 1000  # parcels on the cluster at a time: a thread of ours waits for each


class DaskTaskRunner(TaskRunner):
    """Uses the cluster at `address` or `cluster`, else makes one and ends it with the flow run.

    `cluster_class` is a class or the dotted name of one, `distributed.LocalCluster` by default;
    `adapt_kwargs` go to its `adapt()`, `client_kwargs` to `distributed.Client`.
    """

    _dispatcher: Dispatcher | None = None

    def __init__(
        self,
        cluster: Any = None,
        address: str | None = None,
        cluster_class: str | Callable[..., Any] | None = None,
        cluster_kwargs: dict[str, Any] | None = None,
        adapt_kwargs: dict[str, Any] | None = None,
        client_kwargs: dict[str, Any] | None = None,
        performance_report_path: str | None = None,
    ) -> None:
        super().__init__()
        self._options = {
            "cluster": cluster,
            "address": address,
            "cluster_class": cluster_class,
            "cluster_kwargs": cluster_kwargs,
            "adapt_kwargs": adapt_kwargs,
            "client_kwargs": client_kwargs,
            "performance_report_path": performance_report_path,
        }
        _check(self._options)

    def duplicate(self) -> DaskTaskRunner:
        """One with the same options."""
        return type(self)(**self._options)

    def submit(
        self,
        task: Task,
        parameters: dict[str, Any],
        wait_for: Iterable[Any] | None = None,
        dependencies: dict[str, Any] | None = None,
    ) -> PrefectFuture:
        """Run the task when the futures it was given are done; `RuntimeError` before the start."""
        if self._dispatcher is None:
            raise RuntimeError("Task runner is not started")
        dispatcher = self._dispatcher
        return dispatch_remote(dispatcher, self._send, task, parameters, wait_for, dependencies)

    def _send(self, payload: bytes, _: Callable[[Report], None]) -> bytes:
        """Have the cluster run the parcel; everything that happens to it comes with the answer."""
        answer: bytes = self._client.submit(execute, payload, pure=False).result()
        return answer

    def __enter__(self) -> DaskTaskRunner:
        super().__enter__()
        with ExitStack() as stack:
            self._client = _client(self._options, stack)
            self._closing = stack.pop_all()
        self._dispatcher = Dispatcher(lambda: Threads(_MOST_IN_FLIGHT))
        return self

    def __exit__(self, *exc_info: object) -> None:
        dispatcher, self._dispatcher = self._dispatcher, None
        if dispatcher is not None:
            dispatcher.close()
            self._closing.close()
        super().__exit__(*exc_info)


def _check(options: dict[str, Any]) -> None:
    """`ValueError` for options that contradict each other."""
    there = options["address"] or options["cluster"] is not None
    made = [n for n in ("cluster_class", "cluster_kwargs", "adapt_kwargs") if options[n]]
    if options["address"] and options["cluster"] is not None:
        raise ValueError("DaskTaskRunner: expected either `cluster` or `address`, found both")
    if there and made:
        raise ValueError(
            f"DaskTaskRunner: expected no {made[0]} for a cluster that is there already;"
            " leave it out, or leave out `address` and `cluster`"
        )
    for name in ("cluster_kwargs", "client_kwargs"):
        if "asynchronous" in (options[name] or {}):
            raise ValueError(f"DaskTaskRunner: `{name}` cannot set `asynchronous`; leave it out")


def _client(options: dict[str, Any], stack: ExitStack) -> Any:
    """A client of the cluster; the stack ends what was made."""
    distributed = _distributed()
    where = options["address"] or options["cluster"]
    if where is None:
        made = _class(options["cluster_class"], distributed)(**(options["cluster_kwargs"] or {}))
        where = stack.enter_context(made)
        if options["adapt_kwargs"]:
            where.adapt(**options["adapt_kwargs"])
    given = {"set_as_default": False, **(options["client_kwargs"] or {})}
    client = stack.enter_context(distributed.Client(where, **given))
    if options["performance_report_path"]:
        stack.enter_context(client.as_current())
        report = distributed.performance_report(filename=options["performance_report_path"])
        stack.enter_context(report)
    return client


def _distributed() -> Any:
    try:
        import distributed  # type: ignore[import-not-found,import-untyped,unused-ignore]  # an extra
    except ImportError:
        raise ImportError(
            "DaskTaskRunner needs dask.distributed: pip install 'dagferry[dask]'"
        ) from None
    return distributed


def _class(given: Any, distributed: Any) -> Callable[..., Any]:
    if isinstance(given, str):
        import importlib

        module, _, name = given.rpartition(".")
        found: Callable[..., Any] = getattr(importlib.import_module(module), name)
        return found
    made: Callable[..., Any] = given or distributed.LocalCluster
    return made
