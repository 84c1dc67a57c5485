"""Watches a child process; put first on PYTHONPATH by `dagferry.parity.process`.

Python imports `sitecustomize` at its start, in child processes of the child as well. An audit
hook cannot be taken out again. Two variables steer it: DAGFERRY_NETWORK=off refuses every
connection that leaves the process family, but for DAGFERRY_SERVER (host:port, the engine's own);
DAGFERRY_WRITES=FILE lists there what was written, but for what is below DAGFERRY_HOME, the engine's.
"""

from __future__ import annotations

import importlib
import os
import socket
import sys
from collections.abc import Callable
from typing import Any


class NetworkOffError(ConnectionError):
    """A run under `dagferry verify` tried to reach the network."""


_SERVER = ""
_GUARDED = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"})


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _GUARDED and not _is_local(event, arguments):
        raise NetworkOffError(
            f"{event}: the network is off while dagferry verifies; allow it with --allow-network"
        )


def _is_local(event: str, arguments: tuple[Any, ...]) -> bool:
    if _SERVER and _address(event, arguments) == _SERVER:
        return True
    if event == "socket.getaddrinfo":
        return False
    if getattr(arguments[0], "family", None) == getattr(socket, "AF_UNIX", None) is not None:
        return True
    # Windows has no socketpair of its own: asyncio builds one over the loopback.
    return sys.platform == "win32" and str(arguments[1][0]) == "127.0.0.1"


def _address(event: str, arguments: tuple[Any, ...]) -> str:
    host, port = arguments[:2] if event == "socket.getaddrinfo" else (arguments[1] or ("", ""))[:2]
    return f"{host}:{port}"


def _list_writes(listing: str) -> Callable[[str, tuple[Any, ...]], None]:
    target = os.open(listing, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    home = os.environ.get("DAGFERRY_HOME")

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        path = _written(event, arguments)
        if isinstance(path, (str, bytes, os.PathLike)):
            line = os.path.abspath(os.fsdecode(path)).replace("\n", " ")
            if not (home and line.startswith(home + os.sep)):
                os.write(target, os.fsencode(line + "\n"))

    return hook


def _written(event: str, arguments: tuple[Any, ...]) -> Any:
    if event == "open":
        path, mode, flags = arguments[:3]
        writes = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND
        return path if set(mode or "") & set("wax+") or (flags or 0) & writes else None
    if event == "os.rename":
        return arguments[1]
    return arguments[0] if event == "os.remove" else None


def _run_the_next_one() -> None:
    """The environment may have a `sitecustomize` of its own, which this one hides."""
    own = os.path.dirname(os.path.abspath(__file__))
    this = sys.modules.pop("sitecustomize")
    kept = list(sys.path)
    sys.path[:] = [one for one in kept if os.path.abspath(one or ".") != own]
    try:
        importlib.import_module("sitecustomize")
    except ModuleNotFoundError:
        sys.modules["sitecustomize"] = this
    finally:
        sys.path[:] = kept


def activate() -> None:
    """Do what the variables of this process ask for."""
    global _SERVER
    _SERVER = os.environ.get("DAGFERRY_SERVER", "")
    if os.environ.get("DAGFERRY_NETWORK") == "off":
        sys.addaudithook(_refuse_network)
    if os.environ.get("DAGFERRY_WRITES"):
        sys.addaudithook(_list_writes(os.environ["DAGFERRY_WRITES"]))


if __name__ == "sitecustomize":
    activate()
    _run_the_next_one()
