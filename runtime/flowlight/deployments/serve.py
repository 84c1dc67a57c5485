"""`serve`: keeps deployments running until it is told to end.

https://docs.prefect.io/v3/how-to-guides/deployment_infra/run-flows-in-local-processes
"""

from __future__ import annotations

import signal
import sys
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from flowlight.deployments.deployment import RunnerDeployment
from flowlight.deployments.serving import Server, Settings
from flowlight.deployments.store import Store, default_path
from flowlight.errors import NotSupported

__all__ = ["aserve", "serve", "serve_until_idle", "serve_until_told"]


def serve(
    *args: RunnerDeployment,
    pause_on_shutdown: bool = True,
    print_starting_message: bool = True,
    limit: int | None = None,
    **kwargs: Any,
) -> None:
    """Run these deployments when they are due, until Ctrl-C or SIGTERM."""
    if kwargs:
        raise NotSupported(
            f"serve({', '.join(kwargs)}=...): flowlight has nothing that would use it"
        )
    for deployment in args:
        if deployment.work_pool_name:
            warnings.warn(
                "Work pools are not necessary for served deployments - the `work_pool_name`"
                " argument will be ignored. Omit the `work_pool_name` argument from"
                f" `to_deployment` for {deployment.name!r}.",
                UserWarning,
                stacklevel=2,
            )
            deployment.work_pool_name = None
        deployment.check()
    if print_starting_message:
        _say("Your deployments are being served and polling for scheduled runs!")
        for deployment in args:
            _say(f"  {deployment.full_name}")
    settings = Settings(limit=limit, pause_on_shutdown=pause_on_shutdown, say=_say)
    serve_until_told(Server(Store(default_path()), args, settings))


async def aserve(*args: RunnerDeployment, **options: Any) -> None:
    """As `serve`, in a thread: the loop of the caller goes on."""
    import asyncio

    over = threading.Event()
    options.pop("print_starting_message", None)
    settings = Settings(
        limit=options.pop("limit", None),
        pause_on_shutdown=options.pop("pause_on_shutdown", True),
        say=_say,
    )
    if options:
        raise NotSupported(f"aserve({', '.join(options)}=...): flowlight has nothing that uses it")
    for deployment in args:
        deployment.check()
    server = Server(Store(default_path()), args, settings)
    try:
        await asyncio.to_thread(_serve, server, over)
    finally:
        over.set()


def serve_until_told(server: Server) -> None:
    """Serve until Ctrl-C or SIGTERM; both end it cleanly, and with it what it runs."""
    over = threading.Event()
    with _ending(over):
        _serve(server, over)


def serve_until_idle(server: Server) -> None:
    """Run what is due now, and end."""
    over = threading.Event()
    with _ending(over):
        _serve(server, over, once=True)


def _serve(server: Server, over: threading.Event, once: bool = False) -> None:
    server.start()
    try:
        while not over.is_set():
            server.turn()
            if once and server.idle():
                break
            over.wait(server.pause_before_next())
    finally:
        server.stop()


@contextmanager
def _ending(over: threading.Event) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(*_: Any) -> None:
        over.set()

    before = [(number, signal.signal(number, end)) for number in _signals()]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def _signals() -> Sequence[signal.Signals]:
    return [signal.SIGINT, signal.SIGTERM]


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
