"""Refuses every connection that leaves the process family, but for the engine's own server."""

from __future__ import annotations

import os
import sys
from typing import Any

from dagferry_watch.mishaps import record
from dagferry_watch.tasks import running_task


class NetworkOffError(ConnectionError):
    """A run under `dagferry verify` tried to reach the network."""


_NAMES = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_GUARDED = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"}) | _NAMES
_ABSTRACT = b"\0listener-"  # what multiprocessing calls a socket without a file
_server = os.environ.get("DAGFERRY_SERVER", "")
_host = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")


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
    if event in _NAMES:
        return event != "socket.getaddrinfo" and _is_this_host(str(arguments[0]))
    unix = getattr(sys.modules.get("_socket"), "AF_UNIX", None)
    if getattr(arguments[0], "family", None) == unix is not None:
        return _is_of_the_run(arguments[1])
    # Windows has no socketpair of its own: asyncio builds one over the loopback.
    return sys.platform == "win32" and str(arguments[1][0]) == "127.0.0.1"


def _is_this_host(name: str) -> bool:
    """Engines ask for the name of the machine that they run on."""
    return name.partition(".")[0] in ("", "localhost", _host.partition(".")[0])


def _is_of_the_run(path: Any) -> bool:
    """Whether a Unix socket lies where the run may write; others are services of the machine."""
    if not path:
        return True  # it is connected already, by `socketpair` or a call that was looked at
    place = os.fsencode(path)
    if place.startswith(b"\0"):
        return place.startswith(_ABSTRACT)
    mishaps = os.environ.get("DAGFERRY_MISHAPS")
    homes = (os.path.dirname(mishaps) if mishaps else os.getcwd(), os.environ.get("DAGFERRY_HOME"))
    real = os.path.realpath(os.fsdecode(place))
    return any(real.startswith(os.path.realpath(one) + os.sep) for one in homes if one)


def _address(event: str, arguments: tuple[Any, ...]) -> str:
    if event in _NAMES and event != "socket.getaddrinfo":
        return str(arguments[0])
    if isinstance(arguments[1], (str, bytes)) and event not in _NAMES:
        return os.fsdecode(arguments[1])
    host, port = arguments[:2] if event == "socket.getaddrinfo" else (arguments[1] or ("", ""))[:2]
    return f"{host}:{port}"
