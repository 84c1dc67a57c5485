"""The methods by which operators of users render templates themselves.

Rule: https://airflow.apache.org/docs/apache-airflow/stable/howto/custom-operator.html#templating
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from daglight.templates import Renderer

__all__ = ["Templater"]


class Templater:
    """Something that belongs to a DAG and has fields that are templates."""

    template_ext: ClassVar[Sequence[str]] = ()

    def render_template(
        self, content: Any, context: dict[str, Any], jinja_env: Any = None, *_: Any
    ) -> Any:
        """The content with every text in it rendered."""
        renderer = _renderer(self, jinja_env, context)
        return renderer.render(content, context, self.template_ext)

    def render_template_fields(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Render every templated field in place."""
        _renderer(self, jinja_env, context).render_fields(self, context)  # type: ignore[arg-type]

    def get_template_env(self, dag: Any = None) -> Any:
        """The Jinja environment of the DAG."""
        return _renderer(self, None, {"dag": dag or getattr(self, "dag", None)}).environment


def _renderer(owner: Any, env: Any, context: dict[str, Any]) -> Renderer:
    from daglight.templates import Renderer

    renderer = Renderer(getattr(owner, "dag", None) or context["dag"])
    if env is not None:
        renderer.environment = env
    return renderer
