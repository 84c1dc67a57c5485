"""Watches a child process; put first on PYTHONPATH by `dagferry.parity.process`.

Python imports `sitecustomize` at its start, in child processes of the child as well. An audit
hook cannot be taken out again. Two variables steer it: DAGFERRY_NETWORK=off refuses every
connection that leaves the process family, DAGFERRY_WRITES=FILE lists there what was written.
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


_GUARDED = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"})


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _GUARDED and not _is_local(event, arguments):
        raise NetworkOffError(
            f"{event}: the network is off while dagferry verifies; allow it with --allow-network"
        )


def _is_local(event: str, arguments: tuple[Any, ...]) -> bool:
    if event == "socket.getaddrinfo":
        return False
    if getattr(arguments[0], "family", None) == getattr(socket, "AF_UNIX", None) is not None:
        return True
    # Windows has no socketpair of its own: asyncio builds one over the loopback.
    return sys.platform == "win32" and str(arguments[1][0]) == "127.0.0.1"


def _list_writes(listing: str) -> Callable[[str, tuple[Any, ...]], None]:
    target = os.open(listing, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        path = _written(event, arguments)
        if isinstance(path, (str, bytes, os.PathLike)):
            line = os.path.abspath(os.fsdecode(path)).replace("\n", " ")
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


if os.environ.get("DAGFERRY_NETWORK") == "off":
    sys.addaudithook(_refuse_network)
if os.environ.get("DAGFERRY_WRITES"):
    sys.addaudithook(_list_writes(os.environ["DAGFERRY_WRITES"]))
_run_the_next_one()
