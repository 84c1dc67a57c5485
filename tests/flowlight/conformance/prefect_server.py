"""A Prefect server, started and ended by us, without the services that write beside its clients."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

_PATIENCE_SECONDS = 180

# `--no-services` leaves some of them running. What they write can lock a request out of the SQLite
# file; the client then sends it again, and Prefect may lose the result of a run over that.
_SERVICES = [
    "CANCELLATION_CLEANUP",
    "EVENT_LOGGER",
    "EVENT_PERSISTER",
    "FOREMAN",
    "LATE_RUNS",
    "PAUSE_EXPIRATIONS",
    "SCHEDULER",
    "TASK_RUN_RECORDER",
    "TRIGGERS",
]


@contextlib.contextmanager
def serving(python: Path, scratch: Path, around: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Inside, the environment in which Prefect finds the server. `around` is what it starts from."""
    url = f"http://127.0.0.1:{_free_port()}/api"
    environment = {
        **around,
        "PREFECT_HOME": str(scratch / "home"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_SERVER_DATABASE_TIMEOUT": "120",
        "PREFECT_SERVER_DATABASE_CONNECTION_TIMEOUT": "60",
        **{f"PREFECT_SERVER_SERVICES_{name}_ENABLED": "false" for name in _SERVICES},
    }
    port = url.rsplit(":", 1)[1].removesuffix("/api")
    log = scratch / "server.log"
    with log.open("w") as out:
        child = subprocess.Popen(
            [
                str(python),
                "-m",
                "prefect",
                "server",
                "start",
                "--host",
                "127.0.0.1",
                "--port",
                port,
            ],
            stdout=out,
            stderr=out,
            env=environment,
            cwd=scratch,
            start_new_session=True,
        )
        try:
            _wait_until_healthy(f"{url}/health", child, log)
            yield {**environment, "PREFECT_API_URL": url}
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _wait_until_healthy(url: str, child: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end and child.poll() is None:
        with contextlib.suppress(OSError):  # a URLError is one
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310  # our own address
            return
        time.sleep(0.2)
    raise RuntimeError(f"Prefect's server did not start:\n{log.read_text()[-3000:]}")


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port
