"""Files of a DAG folder that Airflow looks into and the converter does not."""

from __future__ import annotations

import io
import zipfile

from dagferry import messages
from dagferry.findings import Finding
from dagferry.source.discover import IGNORE_FILE, InputFile


def passed_over(file: InputFile) -> Finding | None:
    """What is lost with a file that is not Python; None when nothing of Airflow's is."""
    name = file.path.rpartition("/")[2]
    if name == IGNORE_FILE:
        return messages.found("ignore file")
    if name.endswith((".zip", ".egg")) and (inside := _python_in(file.data)):
        return messages.found("archive", inside=inside)
    return None


def _python_in(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return next((name for name in archive.namelist() if name.endswith(".py")), None)
    except zipfile.BadZipFile:
        return None
