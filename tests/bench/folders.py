"""The folders that the benchmark converts: Airflow's example DAGs, and made ones of a given size."""

from __future__ import annotations

from pathlib import Path

CORPORA = tuple(
    Path(__file__).parents[2] / ".corpus" / name for name in ("airflow-2.10.5", "airflow-3.3.2")
)
HEAD = """\
from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator
"""


def examples(folder: Path, copies: int) -> list[str]:
    """Write the example DAGs of both releases several times; the texts of all files."""
    texts = []
    for copy in range(copies):
        for corpus in CORPORA:
            for file in sorted(corpus.rglob("*.py")):
                text = file.read_text()
                place = folder / f"copy{copy}" / corpus.name / file.relative_to(corpus)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(text)
                texts.append(text)
    return texts


def dag(name: str, tasks: int) -> str:
    """A DAG whose tasks run one after the other, each third a function."""
    functions = [
        f"\n\ndef work_{name}_{number}():\n    return {number}\n" for number in range(0, tasks, 3)
    ]
    opened = f'DAG("{name}", start_date=datetime(2024, 1, 1), schedule="@daily", catchup=False)'
    lines = [f"\n\nwith {opened} as dag_{name}:\n"]
    for number in range(tasks):
        call = f'BashOperator(task_id="t{number}", bash_command="echo {number}")'
        if number % 3 == 0:
            call = f'PythonOperator(task_id="t{number}", python_callable=work_{name}_{number})'
        lines.append(f"    t{number} = {call}\n")
        if number:
            lines.append(f"    t{number - 1} >> t{number}\n")
    return "".join([*functions, *lines])


def one_file(folder: Path, tasks: int) -> Path:
    """A folder with one file of one DAG."""
    folder.mkdir(parents=True)
    (folder / "dags.py").write_text(HEAD + dag("big", tasks))
    return folder


def many_files(folder: Path, files: int) -> Path:
    """A folder with files of one small DAG each."""
    folder.mkdir(parents=True)
    for number in range(files):
        (folder / f"dag_{number}.py").write_text(HEAD + dag(f"dag_{number}", 5))
    return folder


def large_file(folder: Path, size: int) -> Path:
    """A folder with one file of about that many bytes: one DAG behind a table of its data."""
    folder.mkdir(parents=True)
    row = '    {"name": "row", "columns": ["a", "b", "c"], "rate": 0.5},\n'
    table = f"\nROWS = [\n{row * (size // len(row))}]\n"
    (folder / "dags.py").write_text(HEAD + table + dag("big", 5))
    return folder
