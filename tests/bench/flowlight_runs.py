"""`make bench-flowlight`: what a task run costs, beside a plain call, a bare pool, dask and Prefect.

All figures are taken in one run, so that their ratios hold on a busy machine too. Real Prefect is
measured when `make prefect-env` has installed it: its process also pays for a server of its own.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from flowlight import flow, task

PREFECT = Path(__file__).parents[2] / ".envs" / "prefect" / "bin" / "python"
CALLS, ROUNDS, MAPPED = 1000, 5, (10_000, 100_000)
ON_PREFECT = """\
import time
from prefect import flow, task
@task
def one(x): return x
@flow
def main():
    start = time.perf_counter()
    for i in range(50): one(i)
    called = time.perf_counter()
    for i in range(50): one.submit(i).result()
    print("SECONDS", (called - start) / 50, (time.perf_counter() - called) / 50)
main()
"""


def plain(x: int) -> int:
    """The body that every figure is about."""
    return x


one = task(plain)


def main() -> None:
    """Measure and print the table."""
    base = each(plain)
    with ThreadPoolExecutor() as pool:
        bare = each(lambda x: pool.submit(plain, x).result())
    direct, submitted = inside(one), inside(lambda x: one.submit(x).result())
    show("plain call", base)
    show("task call", direct, f"{(direct - base) * 1e6:.0f} us more (aim: 30)")
    show("bare executor.submit().result()", bare)
    show("task.submit().result()", submitted, f"{submitted / bare:.1f} times bare (aim: 3)")
    show("dask, threaded scheduler", on_dask())
    if PREFECT.exists():
        called, sent = on_prefect()
        show("Prefect, task call", called, f"{called / direct:.0f} times flowlight's")
        show("Prefect, task.submit().result()", sent, f"{sent / submitted:.0f} times flowlight's")
    for count in MAPPED:
        seconds, size = mapped(count)
        show(f"map of {count:,}, a task", seconds, f"{size:,.0f} bytes a task (aim: 1,500)")
    show("import flowlight (process start included)", imported(), "(aim: 0.060 s without it)")


def show(what: str, seconds: float, note: str = "") -> None:
    """One line."""
    sys.stdout.write(f"{what:<42} {seconds * 1e6:>12.1f} us  {note}\n")


def each(call: Callable[[int], Any]) -> float:
    """The median of several rounds, in seconds a call."""
    found = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for number in range(CALLS):
            call(number)
        found.append((time.perf_counter() - start) / CALLS)
    return statistics.median(found)


def inside(call: Callable[[int], Any]) -> float:
    """The same in a flow."""
    seconds: float = flow(lambda: each(call))()
    return seconds


def mapped(count: int) -> tuple[float, float]:
    """Seconds and bytes that are kept for each task of one map; measured in two runs."""

    def timed() -> float:
        start = time.perf_counter()
        one.map(range(count)).wait()
        return (time.perf_counter() - start) / count

    def weighed() -> float:
        tracemalloc.start()
        futures = one.map(range(count))
        futures.wait()
        size = tracemalloc.get_traced_memory()[0] / count
        tracemalloc.stop()
        return size

    return flow(timed)(), flow(weighed)()


def on_dask() -> float:
    """A graph of as many calls, by the scheduler of threads."""
    import dask
    import dask.threaded

    graph = {f"x{number}": (plain, number) for number in range(CALLS)}
    start = time.perf_counter()
    dask.threaded.get(graph, list(graph))
    return (time.perf_counter() - start) / CALLS


def on_prefect() -> tuple[float, float]:
    """Seconds for a call and for `submit` with `result`."""
    with tempfile.TemporaryDirectory() as home:
        script = Path(home) / "script.py"
        script.write_text(ON_PREFECT)
        command = [str(PREFECT), str(script)]
        quiet = {"PREFECT_HOME": home, "PREFECT_LOGGING_LEVEL": "CRITICAL"}
        quiet["PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS"] = "120"
        environment = {**os.environ, **quiet, "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    line = next(line for line in done.stdout.splitlines() if line.startswith("SECONDS"))
    _, called, sent = line.split()
    return float(called), float(sent)


def imported() -> float:
    """The median of several processes."""
    found = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import flowlight"], check=True)
        found.append(time.perf_counter() - start)
    return statistics.median(found)


if __name__ == "__main__":
    main()
