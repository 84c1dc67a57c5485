"""BashOperator's work as a Prefect task."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import tempfile
from collections.abc import Callable, Container, Iterator, Mapping
from typing import IO, Any, cast

from prefect import task
from prefect.cache_policies import NO_CACHE

from airflow_compat.exceptions import AirflowException, AirflowSkipException, skips

__all__ = ["bash"]


@task(name="bash", cache_policy=NO_CACHE)
@skips
def bash(
    command: str,
    env: Mapping[str, str] | None = None,
    append_env: bool = False,
    cwd: str | None = None,
    skip_on_exit_code: int | Container[int] | None = 99,
    output_encoding: str = "utf-8",
    output_processor: Callable[[str], Any] = str,
) -> Any:
    """Run `bash -c` and return the last line that it printed (BashOperator).

    `env` replaces the environment, or extends it with `append_env`. Without `cwd` the
    command runs in a temporary directory. Its process group ends with the task.
    """
    return run_command(
        command,
        env,
        append_env,
        cwd,
        skip_on_exit_code,
        output_encoding,
        output_processor,
    )


def run_command(
    command: str,
    env: Mapping[str, str] | None,
    append_env: bool,
    cwd: str | None,
    skip_on_exit_code: int | Container[int] | None,
    output_encoding: str,
    output_processor: Callable[[str], Any],
) -> Any:
    """The command's last line of output. Raises AirflowException when it fails."""
    with _directory(cwd) as directory:
        environment = _environment(env, append_env)
        last_line, exit_code = _run_bash(
            command, environment, directory, output_encoding
        )
    if exit_code in _codes(skip_on_exit_code):
        message = f"Bash command returned exit code {exit_code}. Skipping."
        raise AirflowSkipException(message)
    if exit_code != 0:
        raise AirflowException(
            "Bash command failed."
            f" The command returned a non-zero exit code {exit_code}."
        )
    return output_processor(last_line)


@contextlib.contextmanager
def _directory(cwd: str | None) -> Iterator[str]:
    if cwd is None:
        with tempfile.TemporaryDirectory(prefix="bash-") as directory:
            yield directory
        return
    if not os.path.exists(cwd):
        raise AirflowException(f"Can not find the cwd: {cwd}")
    if not os.path.isdir(cwd):
        raise AirflowException(f"The cwd {cwd} must be a directory")
    yield cwd


def _environment(env: Mapping[str, str] | None, append_env: bool) -> dict[str, str]:
    if env is None:
        return dict(os.environ)
    return {**os.environ, **env} if append_env else dict(env)


def _codes(skip_on: int | Container[int] | None) -> Container[int]:
    if skip_on is None:
        return ()
    return (skip_on,) if isinstance(skip_on, int) else skip_on


def _run_bash(
    command: str, env: dict[str, str], cwd: str, encoding: str
) -> tuple[str, int]:
    process = subprocess.Popen(
        ["bash", "-c", command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=cwd,
        env=env,
        start_new_session=True,
    )
    output = cast("IO[bytes]", process.stdout)
    try:
        line = ""
        for line in _lines(output, encoding):
            print(line)
        return line, process.wait()
    except BaseException:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        raise
    finally:
        process.wait()
        output.close()


def _lines(output: IO[bytes], encoding: str) -> Iterator[str]:
    """The output line by line, looking up often enough for a time-out to get in."""
    rest = b""
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        while True:
            if not selector.select(timeout=0.2):
                continue
            chunk = os.read(output.fileno(), 65536)
            *lines, rest = (rest + chunk).split(b"\n")
            if not chunk and rest:
                lines.append(rest)
            for line in lines:
                yield line.decode(encoding, errors="backslashreplace").rstrip()
            if not chunk:
                return
