"""`make bench-flowlight`: what a task run costs, beside a plain call, a bare pool, dask and Prefect.

All figures are taken in one run, so that their ratios hold on a busy machine too; CPU seconds stand beside
those of the clock. Real Prefect is measured when `make prefect-env` has installed it: its process also pays
for a server of its own. Bytecode is kept in a folder of the run's own, as an installation has it.
"""

from __future__ import annotations

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
from processes import cpu_of, installed, keep_bytecode, peak_of

PREFECT = Path(__file__).parents[2] / ".envs" / "prefect" / "bin" / "python"
CALLS, ROUNDS, MAPPED, CHAIN, PRINTED = 1000, 5, (10_000, 100_000), 10_000, (20, 200)
PRINTS = """\
from prefect import flow, task
@task
def talk(megabytes):
    for _ in range(megabytes << 10): print("x" * 1023)
@flow(log_prints=True)
def main(megabytes: int): talk(megabytes)
"""
Times = tuple[float, float]  # seconds by the clock, CPU seconds
ON_PREFECT = """\
import time
from prefect import flow, task
@task
def one(x): return x
@flow
def main():
    moments = [(time.perf_counter(), time.process_time())]
    for i in range(50): one(i)
    moments.append((time.perf_counter(), time.process_time()))
    for i in range(50): one.submit(i).result()
    moments.append((time.perf_counter(), time.process_time()))
    spent = [(y - x) / 50 for a, b in zip(moments, moments[1:]) for x, y in zip(a, b)]
    print("SECONDS", *spent)
main()
"""


def plain(x: int) -> int:
    """The body that every figure is about."""
    return x


one = task(plain)


def main() -> None:
    """Measure and print the table."""
    processes()  # first: a child is said to have taken what its parent had when it was started
    calls()
    for count in MAPPED:
        times, size = mapped(count)
        show(f"map of {count:,}, a task", times, f"{size:,.0f} bytes a task (aim: 1,500)")
    show(f"chain of {CHAIN:,} futures, a task", chained())


def processes() -> None:
    """What an import costs, and how much memory a task takes that prints a lot."""
    with tempfile.TemporaryDirectory(prefix="dagferry-bench-") as scratch:
        keep_bytecode(Path(scratch) / "bytecode")
        bare, light = started("pass"), started("import flowlight")
        more, least = (light - bare) * 1e3, bare * 1e3
        sys.stdout.write(f"import flowlight: {more:.0f} ms of CPU (aim: 60) over")
        sys.stdout.write(f" a bare Python, which takes {least:.0f}\n")
        for megabytes in PRINTED:
            peak = printed(Path(scratch), megabytes) / (1 << 20)
            sys.stdout.write(f"{megabytes} MiB of prints in a task: {peak:.0f} MiB of memory\n")


def calls() -> None:
    """A call, and `submit` with `result`, of each of the contestants."""
    base = each(plain)
    with ThreadPoolExecutor() as pool:
        bare = each(lambda x: pool.submit(plain, x).result())
    direct, submitted = inside(one), inside(lambda x: one.submit(x).result())
    more = (direct[1] - base[1]) * 1e6
    show("plain call", base)
    show("task call", direct, f"{more:.0f} us of CPU more (aim: 30)")
    show("bare executor.submit().result()", bare)
    show("task.submit().result()", submitted, f"{submitted[0] / bare[0]:.1f} times bare (aim: 3)")
    show("dask, threaded scheduler", on_dask())
    if PREFECT.exists():
        called, sent = on_prefect()
        show("Prefect, task call", called, f"{called[0] / direct[0]:.0f} times flowlight's")
        show("Prefect, submit().result()", sent, f"{sent[0] / submitted[0]:.0f} times flowlight's")


def show(what: str, times: Times, note: str = "") -> None:
    """One line."""
    wall, cpu = (seconds * 1e6 for seconds in times)
    sys.stdout.write(f"{what:<34} {wall:>9.1f} us, {cpu:>9.1f} of CPU  {note}\n")


def timed(work: Callable[[], Any], count: int) -> Times:
    """Seconds for each of the `count` things that `work` does."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - wall) / count, (time.process_time() - cpu) / count


def each(call: Callable[[int], Any]) -> Times:
    """The medians of several rounds, in seconds a call."""

    def work() -> None:
        for number in range(CALLS):
            call(number)

    walls, cpus = zip(*(timed(work, CALLS) for _ in range(ROUNDS)))
    return statistics.median(walls), statistics.median(cpus)


def inside(call: Callable[[int], Any]) -> Times:
    """The same in a flow."""
    times: Times = flow(lambda: each(call))()
    return times


def mapped(count: int) -> tuple[Times, float]:
    """Seconds and bytes that are kept for each task of one map; measured in two runs."""

    def weighed() -> float:
        tracemalloc.start()
        futures = one.map(range(count))
        futures.wait()
        size = tracemalloc.get_traced_memory()[0] / count
        tracemalloc.stop()
        return size

    return flow(lambda: timed(lambda: one.map(range(count)).wait(), count))(), flow(weighed)()


def chained() -> Times:
    """Each task is given the future of the one before."""

    def work() -> None:
        future = one.submit(0)
        for _ in range(CHAIN):
            future = one.submit(future)
        future.wait()

    times: Times = flow(lambda: timed(work, CHAIN))()
    return times


def on_dask() -> Times:
    """A graph of as many calls, by the scheduler of threads."""
    import dask
    import dask.threaded

    graph = {f"x{number}": (plain, number) for number in range(CALLS)}
    return timed(lambda: dask.threaded.get(graph, list(graph)), CALLS)


def on_prefect() -> tuple[Times, Times]:
    """Seconds for a call and for `submit` with `result`; the server's CPU is not in them."""
    with tempfile.TemporaryDirectory() as home:
        script = Path(home) / "script.py"
        script.write_text(ON_PREFECT)
        command = [str(PREFECT), str(script)]
        quiet = {"PREFECT_HOME": home, "PREFECT_LOGGING_LEVEL": "CRITICAL"}
        quiet["PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS"] = "120"
        environment = {**installed(), **quiet, "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    line = next(line for line in done.stdout.splitlines() if line.startswith("SECONDS"))
    wall, cpu, sent_wall, sent_cpu = map(float, line.split()[1:])
    return (wall, cpu), (sent_wall, sent_cpu)


def started(code: str) -> float:
    """CPU seconds of a process with this code: the median of several, all compiled before."""

    def work() -> None:
        subprocess.run([sys.executable, "-c", code], check=True)

    work()
    return statistics.median(cpu_of(work) for _ in range(ROUNDS))


def printed(scratch: Path, megabytes: int) -> float:
    """The most memory, in bytes, of a process whose task prints so much."""
    script = scratch / "prints.py"
    script.write_text(PRINTS)
    options = ["--no-history", "-p", f"megabytes={megabytes}"]
    return peak_of([sys.executable, "-m", "flowlight", "run", str(script), *options])


if __name__ == "__main__":
    main()
