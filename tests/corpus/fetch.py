"""Fetches the example DAGs that Airflow's wheels carry: `fetch.py DEST`. Nothing is installed."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

WHEELS = {
    "apache-airflow==2.10.5": ("apache_airflow-2.10.5-", "airflow-2.10.5"),
    "apache-airflow-core==3.3.2": ("apache_airflow_core-3.3.2-", "airflow-3.3.2"),
}
EXAMPLES = "airflow/example_dags/"


def main(destination: Path) -> None:
    """Download the wheels into a temporary folder and unpack their example DAGs."""
    with tempfile.TemporaryDirectory() as scratch:
        download(Path(scratch))
        for start, name in WHEELS.values():
            (wheel,) = Path(scratch).glob(f"{start}*.whl")
            count = unpack(wheel, destination / name)
            print(f"{destination / name}: {count} files", file=sys.stderr)  # noqa: T201 - a script


def download(folder: Path) -> None:
    """Let pip fetch the wheels. They are only read, so any Python will do."""
    options = ["--no-deps", "--only-binary", ":all:", "--ignore-requires-python", "--quiet"]
    command = [sys.executable, "-m", "pip", "download", *options, "--dest", str(folder), *WHEELS]
    subprocess.run(command, check=True)


def unpack(wheel: Path, destination: Path) -> int:
    """Write what stands under `airflow/example_dags` into the folder; how many files that were."""
    with zipfile.ZipFile(wheel) as archive:
        names = [n for n in archive.namelist() if n.startswith(EXAMPLES) and not n.endswith("/")]
        for name in names:
            file = destination / name.removeprefix(EXAMPLES)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(archive.read(name))
    return len(names)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
