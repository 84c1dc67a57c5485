"""Turns the network off in a child process; put first on PYTHONPATH by `dagferry.parity.process`.

Python imports `sitecustomize` at its start, in child processes of the child as well. An audit
hook cannot be taken out again. Sockets of the machine itself (AF_UNIX) stay open.
"""

from __future__ import annotations

import importlib
import os
import socket
import sys
from typing import Any


class NetworkOffError(ConnectionError):
    """A run under `dagferry verify` tried to reach the network."""


_GUARDED = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"})


def _off(event: str, arguments: tuple[Any, ...]) -> None:
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


sys.addaudithook(_off)
_run_the_next_one()
