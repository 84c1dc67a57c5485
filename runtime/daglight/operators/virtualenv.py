"""Operators that run a function in an environment of its own: here it runs in this process.

Rules: https://airflow.apache.org/docs/apache-airflow-providers-
standard/stable/operators/python.html#pythonvirtualenvoperator. The trace notes which environment
was asked for; what the function imports must be installed where daglight runs.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from typing import Any

from daglight.errors import NotSupported
from daglight.events import Noted
from daglight.exceptions import AirflowSkipException
from daglight.operators.branch import follow
from daglight.operators.python import PythonOperator

__all__ = [
    "BranchExternalPythonOperator",
    "BranchPythonVirtualenvOperator",
    "ExternalPythonOperator",
    "PythonVirtualenvOperator",
    "is_venv_installed",
]


class _InProcess(PythonOperator):
    """What both kinds share; `asked` says which environment it would have been."""

    asked = ""

    def __init__(
        self,
        *,
        python_callable: Callable[..., Any],
        serializer: str | None = None,
        use_dill: bool = False,
        string_args: Iterable[str] | None = None,
        expect_airflow: bool = True,
        skip_on_exit_code: int | Container[int] | None = None,
        env_vars: dict[str, str] | None = None,
        inherit_env: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(python_callable=python_callable, **kwargs)
        _ = serializer, use_dill, expect_airflow
        refused = {"string_args": string_args, "env_vars": env_vars}
        if not inherit_env:
            refused["inherit_env"] = {"inherit_env": False}
        for name, value in refused.items():
            if value:
                raise NotSupported(f"{type(self).__name__} with {name}")
        codes = skip_on_exit_code
        self.skip_on_exit_code: Container[int] = (
            () if codes is None else codes if isinstance(codes, Container) else (codes,)
        )

    def execute_callable(self) -> Any:
        """The function's value; leaving with a code that means so skips the task."""
        try:
            return super().execute_callable()
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else 1
            if code in self.skip_on_exit_code:
                raise AirflowSkipException(f"Process exited with code {code}. Skipping.") from None
            raise

    def execute(self, context: Any) -> Any:
        """Note the environment, then call the function."""
        ti = context["ti"]
        ti.tell(Noted(ti.task_id, f"run in process, not in {self.asked}", map_index=ti.map_index))
        return super().execute(context)


class PythonVirtualenvOperator(_InProcess):
    """Asks for a fresh environment with some packages."""

    def __init__(
        self,
        *,
        requirements: Iterable[str] | str | None = None,
        python_version: str | None = None,
        system_site_packages: bool = True,
        pip_install_options: list[str] | None = None,
        index_urls: Any = None,
        index_urls_from_connection_ids: Any = None,
        venv_cache_path: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        _ = pip_install_options, index_urls, index_urls_from_connection_ids, venv_cache_path
        listed = [requirements] if isinstance(requirements, str) else list(requirements or [])
        words = [f"Python {python_version}" if python_version else "", ", ".join(listed)]
        named = "; ".join(word for word in words if word) or "no packages"
        self.asked = f"a virtual environment ({named})"
        self.requirements, self.python_version = listed, python_version
        self.system_site_packages = system_site_packages


class ExternalPythonOperator(_InProcess):
    """Asks for an environment that exists already."""

    def __init__(self, *, python: str, expect_pendulum: bool = False, **kwargs: Any) -> None:
        if not python:
            raise ValueError("Python Path must be defined in ExternalPythonOperator")
        super().__init__(**kwargs)
        _ = expect_pendulum
        self.python, self.asked = python, f"the environment of {python}"


class BranchPythonVirtualenvOperator(PythonVirtualenvOperator):
    """Follows the ids that the function returns."""

    def execute(self, context: Any) -> Any:
        """Skip what was not chosen."""
        return follow(self, context, super().execute(context))


class BranchExternalPythonOperator(ExternalPythonOperator):
    """Follows the ids that the function returns."""

    def execute(self, context: Any) -> Any:
        """Skip what was not chosen."""
        return follow(self, context, super().execute(context))


def is_venv_installed() -> bool:
    """Whether there is a `virtualenv`, as Airflow 2 asks it."""
    import importlib.util
    import shutil

    return bool(shutil.which("virtualenv") or importlib.util.find_spec("virtualenv"))
