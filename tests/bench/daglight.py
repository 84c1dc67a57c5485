"""`make bench-daglight`: how fast daglight is, beside real Airflow in the same run.

Times are CPU seconds of the processes that are started, so that a busy machine does not lie, but for those
marked `wall`; each figure is the median of several rounds. What a task costs is the difference between
many tasks and one, without the start of the process. Bytecode is kept in a folder of the run's own, as an
installation has it beside the modules. Environments of Airflow that are not there are said to be missing.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from processes import cpu_of, installed, keep_bytecode, wall_of

ROOT = Path(__file__).parents[2]
RECORDER = ROOT / "converter" / "dagferry" / "recorders" / "airflow_recorder.py"
ROUNDS, MANY, REAL_MANY = 5, 5000, 20
CHAIN = """\
from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def work():
    return 1


with DAG("chain", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    before = None
    for number in range({count}):
        task = PythonOperator(task_id=f"work{{number}}", python_callable=work)
        if before is not None:
            before >> task
        before = task
"""
Row = tuple[str, str, str]


def main() -> None:
    """Measure and print the table."""
    with tempfile.TemporaryDirectory(prefix="dagferry-bench-") as scratch:
        keep_bytecode(Path(scratch) / "bytecode")
        rows = list(_rows(Path(scratch)))
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    for what, figure, note in rows:
        sys.stdout.write(f"{what:<{widths[0]}}  {figure:>{widths[1]}}  {note}\n")


def _rows(scratch: Path) -> Iterator[Row]:
    start = _median(lambda: _python("-c", "pass"))
    light = _median(lambda: _python("-c", "import daglight")) - start
    used = _median(lambda: _python("-c", "import daglight.session")) - start
    yield "a bare Python", _ms(start), "to start and to end"
    yield "import daglight", _ms(light), "over a bare Python (aim: 60 ms)"
    yield "import of all that a run needs", _ms(used), "over a bare Python"
    files = {count: _file(scratch, count) for count in (1, 500, MANY)}
    times = {count: _median(lambda file=file: _light(file)) for count, file in files.items()}
    yield "smallest DAG, fresh process", _ms(times[1]), "(aim: 250 ms)"
    each = (times[MANY] - times[1]) / (MANY - 1)
    yield "a task, over the work of its own", f"{each * 1e6:.0f} µs", "(aim: 100 µs)"
    growth = (times[MANY] - times[1]) / (times[500] - times[1])
    yield f"a chain of {MANY} tasks", _ms(times[MANY]), f"{growth:.1f} times 500 tasks (10: linear)"
    folder = files[1].parent
    wall = statistics.median(wall_of(lambda: _verify(folder)) for _ in range(ROUNDS))
    yield "verify one DAG, light engines, wall", _ms(wall), "(aim: 1000 ms)"
    yield (
        "verify one DAG, light engines",
        _ms(_median(lambda: _verify(folder))),
        "CPU, all processes",
    )
    for name in ("airflow2", "airflow3"):
        yield from _real(name, scratch, times[1], each)


def _real(name: str, scratch: Path, light: float, each: float) -> Iterator[Row]:
    python = ROOT / ".envs" / name / "bin" / "python"
    if not python.exists():
        yield f"real {name}", "missing", "run `make airflow-envs`"
        return
    # Each measurement is slow enough for one round to tell.
    first = cpu_of(lambda: _recorded(python, _file(scratch, 1)))
    more = cpu_of(lambda: _recorded(python, _file(scratch, REAL_MANY)))
    task = (more - first) / (REAL_MANY - 1)
    yield f"real {name}: smallest DAG", _ms(first), f"{first / light:.0f} times daglight"
    yield f"real {name}: a task", _ms(task), f"{task / each:.0f} times daglight"


def _file(scratch: Path, count: int) -> Path:
    folder = scratch / f"chain{count}"
    folder.mkdir(exist_ok=True)
    file = folder / "chain.py"
    file.write_text(CHAIN.format(count=count))
    return file


def _light(file: Path) -> None:
    out = file.parent.parent / "trace.json"
    _python("-m", "daglight.trace", str(file), "--out", str(out))
    _check(out)


def _recorded(python: Path, file: Path) -> None:
    out = file.parent.parent / "trace.json"
    command = [str(python), str(RECORDER), str(file), "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True, cwd=file.parent, env=installed())
    _check(out)


def _check(out: Path) -> None:
    """A run that failed is fast, too."""
    state = json.loads(out.read_text())["run"]["state"]
    out.unlink()
    if state != "success":
        sys.exit(f"expected the run to succeed, found {state}")


def _python(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


def _verify(folder: Path) -> None:
    _python("-m", "dagferry", "verify", str(folder))


def _median(work: Callable[[], object]) -> float:
    work()  # so that the bytecode is there
    return statistics.median(cpu_of(work) for _ in range(ROUNDS))


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


if __name__ == "__main__":
    main()
