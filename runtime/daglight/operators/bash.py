"""`BashOperator`: runs a command; its last line of output is the return value.

Rules: https://airflow.apache.org/docs/apache-airflow-providers-
standard/stable/operators/bash.html
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Container, Sequence
from contextlib import ExitStack
from typing import Any, ClassVar

from daglight.exceptions import AirflowException, AirflowSkipException
from daglight.operator import BaseOperator

__all__ = ["BashOperator"]


class BashOperator(BaseOperator):
    """Runs `bash -c bash_command`, without `cwd` in a folder that is then removed."""

    template_fields: ClassVar[Sequence[str]] = ("bash_command", "env", "cwd")
    template_ext: ClassVar[Sequence[str]] = (".sh", ".bash")

    def __init__(
        self,
        *,
        bash_command: str,
        env: dict[str, str] | None = None,
        append_env: bool = False,
        output_encoding: str = "utf-8",
        skip_exit_code: int | None = None,
        skip_on_exit_code: int | Container[int] | None = 99,
        cwd: str | None = None,
        output_processor: Callable[[str], Any] = lambda result: result,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.bash_command, self.env, self.append_env = bash_command, env, append_env
        self.output_encoding, self.cwd, self.output_processor = (
            output_encoding,
            cwd,
            output_processor,
        )
        codes = skip_exit_code if skip_exit_code is not None else skip_on_exit_code
        self.skip_on_exit_code: Container[int] = (
            () if codes is None else codes if isinstance(codes, Container) else (codes,)
        )

    def execute(self, context: Any) -> Any:
        """The last line of the output; AirflowException unless the exit code is 0."""
        if self.cwd is not None and not os.path.exists(self.cwd):
            raise AirflowException(f"Can not find the cwd: {self.cwd}")
        if self.cwd is not None and not os.path.isdir(self.cwd):
            raise AirflowException(f"The cwd {self.cwd} must be a directory")
        code, last = self._run(self.get_env(context))
        if code in self.skip_on_exit_code:
            raise AirflowSkipException(f"Bash command returned exit code {code}. Skipping.")
        if code != 0:
            raise AirflowException(
                f"Bash command failed. The command returned a non-zero exit code {code}."
            )
        return self.output_processor(last)

    def get_env(self, context: Any) -> dict[str, str]:
        """The process's environment, or `env`, or both, and what says which task it is."""
        own = dict(self.env or {})
        base = dict(os.environ) if self.env is None or self.append_env else {}
        return {**base, **own, **_task_variables(context)}

    def _run(self, env: dict[str, str]) -> tuple[int, str]:
        with ExitStack() as stack:
            cwd = self.cwd or stack.enter_context(tempfile.TemporaryDirectory(prefix="airflowtmp"))
            process = stack.enter_context(
                subprocess.Popen(
                    [shutil.which("bash") or "bash", "-c", self.bash_command],
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    cwd=cwd,
                    env=env,
                    start_new_session=True,
                )
            )
            return self._read(process)

    def _read(self, process: subprocess.Popen[bytes]) -> tuple[int, str]:
        last = ""
        try:
            for raw in process.stdout or ():
                last = raw.decode(self.output_encoding, errors="backslashreplace").rstrip()
                print(last)  # noqa: T201 - lines of the command are the task's prints
            return process.wait(), last
        except BaseException:
            os.killpg(process.pid, 15)
            raise


def _task_variables(context: Any) -> dict[str, str]:
    """What Airflow puts into the environment of a command."""
    run, task = context["dag_run"], context["task"]
    return {
        "AIRFLOW_CTX_DAG_OWNER": task.owner,
        "AIRFLOW_CTX_DAG_ID": run.dag_id,
        "AIRFLOW_CTX_TASK_ID": task.task_id,
        "AIRFLOW_CTX_LOGICAL_DATE": run.logical_date.isoformat(),
        "AIRFLOW_CTX_EXECUTION_DATE": run.logical_date.isoformat(),
        "AIRFLOW_CTX_TRY_NUMBER": str(context["ti"].try_number),
        "AIRFLOW_CTX_DAG_RUN_ID": run.run_id,
    }
