"""The loggers of runs. A module of its own: `logging` is imported by the first who wants a logger."""

from __future__ import annotations

import logging
from collections.abc import MutableMapping
from typing import Any

__all__ = ["PrefectLogAdapter"]


class PrefectLogAdapter(logging.LoggerAdapter):  # type: ignore[type-arg]  # not generic in 3.10
    """Adds the values of its run to each record; those given with a record go first."""

    def process(
        self, msg: Any, kwargs: MutableMapping[str, Any]
    ) -> tuple[Any, MutableMapping[str, Any]]:
        """The message, and the merged values."""
        kwargs["extra"] = {**(self.extra or {}), **(kwargs.get("extra") or {})}
        return msg, kwargs

    def getChild(self, suffix: str, extra: dict[str, Any] | None = None) -> PrefectLogAdapter:  # noqa: N802
        """The logger below this one, with more values."""
        return PrefectLogAdapter(
            self.logger.getChild(suffix), extra={**(self.extra or {}), **(extra or {})}
        )
