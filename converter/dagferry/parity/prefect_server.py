"""One Prefect server for a batch of flows: it takes about ten seconds to start.

https://docs.prefect.io/v3/how-to-guides/self-hosted/server-cli
"""

from __future__ import annotations

import contextlib
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from dagferry.parity.engines import EngineError
from dagferry.parity.process import watched

_START_SECONDS = 180


@contextlib.contextmanager
def serving(python: str, home: Path, around: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Inside, the variables by which Prefect finds the server; `around` is what it starts from."""
    address = f"127.0.0.1:{_free_port()}"
    settings = {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
    }
    command = [python, "-m", "prefect", "server", "start", "--host", "127.0.0.1"]
    log = home / "server.log"
    with log.open("wb") as out:
        child = subprocess.Popen(
            [*command, "--port", address.rpartition(":")[2]],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            env={**around, **settings},
            cwd=home,
            start_new_session=True,
        )
        with child, watched(child.pid):
            _wait_until_healthy(f"http://{address}/api/health", child, log)
            yield {
                **settings,
                "PREFECT_API_URL": f"http://{address}/api",
                "DAGFERRY_SERVER": address,
            }
            child.kill()


def _wait_until_healthy(url: str, child: subprocess.Popen[bytes], log: Path) -> None:
    import urllib.request  # a light verify does without

    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and child.poll() is None:
        with contextlib.suppress(OSError):  # a URLError is one
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310  # our own address
            return
        time.sleep(0.2)
    said = [line for line in log.read_text("utf-8", "replace").splitlines() if line.strip()]
    raise EngineError(said[-1] if said else "its server did not start")


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port
