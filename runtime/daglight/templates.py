"""Rendering of templated fields with Jinja, set up as Airflow sets it up.

Rules: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/operators.html#jinja-
templating; undefined names raise, `_private` attributes are allowed, `__dunder__` ones are not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from daglight.edges import Edges
from daglight.macros import FILTERS
from daglight.xcom_arg import Resolvable

if TYPE_CHECKING:
    from daglight.operator import BaseOperator

__all__ = ["Renderer"]

_PLAIN = frozenset({type(None), bool, int, float})
_MAY_BE_EMPTY = frozenset({type(None), str, tuple, list, dict})
_NEWLINE = re.compile(r"\r\n|\r")


class Renderer:
    """Renders for the tasks of one DAG; Jinja is imported when the first template needs it."""

    def __init__(self, dag: Any) -> None:
        self._dag = dag
        self._environments: dict[bool, Any] = {}
        self._native: bool = self._dag.render_template_as_native_obj

    def render_fields(self, task: BaseOperator, context: dict[str, Any]) -> dict[str, Any]:
        """Render every templated field of the task in place; the values by field name."""
        rendered = {}
        native = getattr(task, "render_template_as_native_obj", None)
        self._native = bool(self._dag.render_template_as_native_obj if native is None else native)
        for name in field_names(task.template_fields):
            value = getattr(task, name)
            if type(value) in _MAY_BE_EMPTY and not value:
                rendered[name] = value  # Airflow leaves these alone as well
            else:
                rendered[name] = self.render(value, context, task.template_ext)
                setattr(task, name, rendered[name])
        return rendered

    def render(self, value: Any, context: dict[str, Any], extensions: Sequence[str] = ()) -> Any:
        """The value with every text in it rendered, at any depth, and every reference resolved."""
        if type(value) in _PLAIN:
            return value
        if isinstance(value, str):
            return self._text(value, context, extensions)
        if isinstance(value, Resolvable):
            return value.resolve(context)
        if isinstance(value, dict):
            return {key: self.render(part, context, extensions) for key, part in value.items()}
        if type(value) in (list, tuple, set):
            return type(value)(self.render(part, context, extensions) for part in value)
        if isinstance(value, tuple):
            return type(value)(*(self.render(part, context, extensions) for part in value))
        return self._object(value, context, extensions)

    def _object(self, value: Any, context: dict[str, Any], extensions: Sequence[str]) -> Any:
        """An object of the user's with `template_fields` is rendered in place."""
        if not isinstance(value, (type, Edges)):
            for name in getattr(type(value), "template_fields", ()):
                setattr(value, name, self.render(getattr(value, name), context, extensions))
        return value

    def _text(self, text: str, context: dict[str, Any], extensions: Sequence[str]) -> Any:
        if any(text.endswith(ending) for ending in extensions):
            return self._finish(self.environment.get_template(text), context)
        if "{" not in text and not (self._native or self._dag.jinja_environment_kwargs):
            return _NEWLINE.sub("\n", text).removesuffix("\n")
        return self._finish(self.environment.from_string(text), context)

    def _finish(self, template: Any, context: dict[str, Any]) -> Any:
        return template.render(context)

    @property
    def environment(self) -> Any:
        """The Jinja environment of the DAG, or of a task that says how it is rendered."""
        if self._native not in self._environments:
            self._environments[self._native] = _environment(self._dag, native=self._native)
        return self._environments[self._native]

    @environment.setter
    def environment(self, env: Any) -> None:
        self._environments[self._native] = env


def field_names(fields: str | Sequence[str]) -> Sequence[str]:
    """The names of templated fields; Airflow 2 takes one name as text too (observed in 2.11.2)."""
    return [fields] if isinstance(fields, str) else fields


def _environment(dag: Any, *, native: bool) -> Any:
    import jinja2

    from daglight.sandbox import NativeSandbox, Sandbox

    search = dag.template_searchpath or []
    folders = [dag.folder, *([search] if isinstance(search, str) else search)]
    options = {
        "loader": jinja2.FileSystemLoader(folders),
        "undefined": dag.template_undefined or jinja2.StrictUndefined,
        "extensions": ["jinja2.ext.do"],
        "cache_size": 0,
        **(dag.jinja_environment_kwargs or {}),
    }
    env = (NativeSandbox if native else Sandbox)(**options)
    env.filters.update(FILTERS)
    env.globals.update(dag.user_defined_macros or {})
    env.filters.update(dag.user_defined_filters or {})
    return env
