"""Jinja's sandbox with the one change that Airflow makes: names with one underscore are allowed."""

from __future__ import annotations

from typing import Any

import jinja2.nativetypes
import jinja2.sandbox

__all__ = ["NativeSandbox", "Sandbox"]


class Sandbox(jinja2.sandbox.SandboxedEnvironment):
    """Renders to text."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002
        """Everything but Python's internals."""
        return not jinja2.sandbox.is_internal_attribute(obj, attr)


class NativeSandbox(jinja2.nativetypes.NativeEnvironment, Sandbox):
    """Renders to Python values, for `render_template_as_native_obj`."""
