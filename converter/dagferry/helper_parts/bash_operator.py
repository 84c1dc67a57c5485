"""`BashOperator`: runs a command."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import Any, ClassVar

from airflow_compat.bash import run_command
from airflow_compat.operators import BaseOperator

__all__ = ["BashOperator"]


class BashOperator(BaseOperator):
    """Runs `bash -c bash_command`; its last line of output is the result.

    https://airflow.apache.org/docs/apache-airflow-providers-standard/stable/operators/bash.html
    """

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
        output_processor: Callable[[str], Any] = str,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.bash_command = bash_command
        self.env = env
        self.append_env = append_env
        self.output_encoding = output_encoding
        codes = skip_on_exit_code if skip_exit_code is None else skip_exit_code
        self.skip_on_exit_code = codes
        self.cwd = cwd
        self.output_processor = output_processor

    def execute(self, context: Any) -> Any:
        """The last line of the output; AirflowException unless the exit code is 0."""
        return run_command(
            self.bash_command,
            self.env,
            self.append_env,
            self.cwd,
            self.skip_on_exit_code,
            self.output_encoding,
            self.output_processor,
        )
