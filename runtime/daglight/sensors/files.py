"""`FileSensor` and `BashSensor`: wait for a file, or for a command to succeed.

Rules: https://airflow.apache.org/docs/apache-airflow-providers-
standard/stable/sensors/file.html. Between two pokes no real time passes: what another process would
have done meanwhile is not seen.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from glob import glob
from typing import Any, ClassVar

from daglight.connections import find_connection
from daglight.errors import NotSupported
from daglight.exceptions import AirflowFailException, AirflowNotFoundException
from daglight.scope import scope
from daglight.sensors.base import BaseSensorOperator

__all__ = ["BashSensor", "FileSensor"]

_DEFAULT = "fs_default"


class FileSensor(BaseSensorOperator):
    """Waits for a file, or for a folder with files in it; the path may be a glob."""

    template_fields: ClassVar[Sequence[str]] = ("filepath", "fs_conn_id")
    ui_color = "#91818a"

    def __init__(
        self,
        *,
        filepath: str,
        fs_conn_id: str = _DEFAULT,
        recursive: bool = False,
        deferrable: bool = False,
        start_from_trigger: bool = False,
        trigger_kwargs: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        _ = deferrable, start_from_trigger, trigger_kwargs
        if not scope.airflow_3:
            self.template_fields = ("filepath",)  # type: ignore[misc]  # one operator's own
        self.filepath, self.fs_conn_id, self.recursive = filepath, fs_conn_id, recursive

    def poke(self, context: Any) -> bool:  # noqa: ARG002 - Airflow's signature
        """Whether there is such a file."""
        return any(
            os.path.isfile(path) or any(files for _, _, files in os.walk(path))
            for path in glob(self.path, recursive=self.recursive)
        )

    @property
    def path(self) -> str:
        """The whole path: a relative one begins where the connection says."""
        if os.path.isabs(self.filepath):
            return self.filepath
        try:
            base = find_connection(self.fs_conn_id).extra_dejson.get("path", "")
        except AirflowNotFoundException:
            if self.fs_conn_id != _DEFAULT:
                raise
            # Only a database that was made with Airflow's default connections has this one.
            raise NotSupported(
                f"FileSensor with a relative path ({self.filepath!r}) without the connection "
                f"{_DEFAULT}: give it with --connections"
            ) from None
        return os.path.join(base, self.filepath)


class BashSensor(BaseSensorOperator):
    """Waits until the command ends with exit code 0."""

    template_fields: ClassVar[Sequence[str]] = ("bash_command", "env")

    def __init__(
        self,
        *,
        bash_command: str,
        env: dict[str, str] | None = None,
        output_encoding: str = "utf-8",
        retry_exit_code: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.bash_command, self.env, self.output_encoding = bash_command, env, output_encoding
        self.retry_exit_code = retry_exit_code

    def poke(self, context: Any) -> bool:  # noqa: ARG002 - Airflow's signature
        """Run the command; AirflowFailException for a code that is neither 0 nor to be retried."""
        with tempfile.TemporaryDirectory(prefix="airflowtmp") as folder:
            done = subprocess.run(
                [shutil.which("bash") or "bash", "-c", self.bash_command],
                capture_output=True,
                check=False,
                cwd=folder,
                env=self.env,
                start_new_session=True,
            )
        if done.returncode == 0:
            return True
        if self.retry_exit_code not in (None, done.returncode):
            raise AirflowFailException(f"Command exited with return code {done.returncode}")
        return False
