"""Refuses every connection that leaves the process family, but for the engine's own server."""

from __future__ import annotations

import os
import sys
from typing import Any

from dagferry_watch.mishaps import record
from dagferry_watch.tasks import running_task


class NetworkOffError(ConnectionError):
    """A run under `dagferry verify` tried to reach the network."""


_GUARDED = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"})
_server = os.environ.get("DAGFERRY_SERVER", "")


def refuse() -> None:
    """From now on, for as long as the process lives."""
    global _server
    _server = os.environ.get("DAGFERRY_SERVER", "")
    sys.addaudithook(_hook)


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in _GUARDED or _is_local(event, arguments):
        return
    wanted = f"{running_task()}{event} {_address(event, arguments)}"
    record(f"{wanted}: the network is off; allow it with --allow-network")
    raise NetworkOffError(
        f"{wanted}: the network is off while dagferry verifies; allow it with --allow-network"
    )


def _is_local(event: str, arguments: tuple[Any, ...]) -> bool:
    if _server and _address(event, arguments) == _server:
        return True
    if event == "socket.getaddrinfo":
        return False
    unix = getattr(sys.modules.get("_socket"), "AF_UNIX", None)
    if getattr(arguments[0], "family", None) == unix is not None:
        return True
    # Windows has no socketpair of its own: asyncio builds one over the loopback.
    return sys.platform == "win32" and str(arguments[1][0]) == "127.0.0.1"


def _address(event: str, arguments: tuple[Any, ...]) -> str:
    host, port = arguments[:2] if event == "socket.getaddrinfo" else (arguments[1] or ("", ""))[:2]
    return f"{host}:{port}"
