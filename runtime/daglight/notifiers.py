"""`BaseNotifier`: an object that is a callback and sends a message made of templates.

Rule: https://airflow.apache.org/docs/apache-airflow/stable/howto/notifications.html; one that
raises while sending is logged and changes nothing (observed in Airflow 2.11.2 and 3.3.2).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from daglight.templates import Renderer

__all__ = ["BaseNotifier"]


class BaseNotifier:
    """Called with the context of a task or a run; subclasses say in `notify` what is sent."""

    template_fields: Sequence[str] = ()
    template_ext: Sequence[str] = ()

    def __init__(self, context: Any = None) -> None:
        self.context = context or {}

    @property
    def log(self) -> logging.Logger:
        """A logger; what goes there is not part of a trace."""
        return logging.getLogger(f"airflow.{type(self).__module__}.{type(self).__name__}")

    def notify(self, context: Any) -> None:
        """Send it; subclasses say how."""
        raise NotImplementedError

    def __call__(self, context: Any) -> None:
        """Render the fields, then notify; the fields are in the context too."""
        for name in self.template_fields:
            context.setdefault(name, getattr(self, name))
        renderer = Renderer(context["dag"])
        for name in self.template_fields:
            value = renderer.render(getattr(self, name), context, self.template_ext)
            setattr(self, name, value)
        try:
            self.notify(context)
        except Exception:
            self.log.exception("Failed to send notification")
