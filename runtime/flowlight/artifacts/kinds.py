"""The kinds of artifacts, each a pydantic model with the data it keeps.

https://docs.prefect.io/v3/api-ref/python/prefect-artifacts; what is kept of each kind, rules and
texts: observed in Prefect 3.8.8.
"""

from __future__ import annotations

import json
import math
import re
import warnings
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict

from flowlight import world
from flowlight.asynchronous import as_async, no_client
from flowlight.context import FlowRunContext, TaskRunContext, current_body
from flowlight.dispatch import dispatched
from flowlight.logs import get_logger
from flowlight.store import artifact_rows

__all__ = [
    "Artifact",
    "ImageArtifact",
    "LinkArtifact",
    "MarkdownArtifact",
    "ProgressArtifact",
    "TableArtifact",
]

_OUTSIDE = (
    "Artifact creation outside of a flow or task run is deprecated and will be removed in a later"
    " version."
)


def _dashes_only(key: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]*", key):
        raise ValueError("Artifact key must only contain lowercase letters, numbers, and dashes.")
    return key


def _create(artifact: Artifact, client: Any = None) -> artifact_rows.ArtifactRow:
    """Keep the artifact with the run around the caller."""
    no_client(client)
    task, flow = TaskRunContext.get(), FlowRunContext.get()
    if task is None and flow is None:
        warnings.warn(_OUTSIDE, FutureWarning, stacklevel=3)
    of_task = task.task_run.flow_run_id if task else None
    row = artifact_rows.create(
        key=artifact.key,
        type=artifact.type,
        description=artifact.description,
        data=artifact.data_to_keep(),
        metadata=artifact.metadata_,
        flow_run_id=artifact.flow_run_id or of_task or (flow.flow_run.id if flow else None),
        task_run_id=artifact.task_run_id or (task.task_run.id if task else None),
    )
    world.current().emit("artifact", current_body(), artifact=row)
    return row


def _get(
    cls: type[Artifact],  # noqa: ARG001  # a class method
    key: str | None = None,
    client: Any = None,
) -> artifact_rows.ArtifactRow | None:
    """The artifact of this key that was changed last."""
    no_client(client)
    return artifact_rows.latest(key)


def _get_or_create(
    cls: type[Artifact],
    key: str | None = None,
    description: str | None = None,
    data: Any = None,
    client: Any = None,
    **fields: Any,
) -> tuple[artifact_rows.ArtifactRow, bool]:
    """The artifact of this key, made when there is none; and whether it was made."""
    found = _get(cls, key, client)
    if found is not None:
        return found, False
    return _create(cls(key=key, description=description, data=data, **fields)), True


def _format(artifact: Artifact) -> Any:
    """What is kept as the artifact's data."""
    return artifact.data_to_keep()


class Artifact(BaseModel):
    """Any JSON value, of a type of the user's own."""

    model_config = ConfigDict(extra="forbid")

    key: Annotated[str, AfterValidator(_dashes_only)] | None = None
    type: str | None = None
    description: str | None = None
    data: Any = None
    metadata_: dict[str, str] | None = None
    flow_run_id: UUID | None = None
    task_run_id: UUID | None = None

    def data_to_keep(self) -> Any:
        """What is kept as the artifact's data."""
        return json.dumps(self.data)

    create = dispatched(_create)
    acreate = as_async(_create)
    format = dispatched(_format)
    aformat = as_async(_format)
    get = classmethod(dispatched(_get))
    aget = classmethod(as_async(_get))
    get_or_create = classmethod(dispatched(_get_or_create))
    aget_or_create = classmethod(as_async(_get_or_create))


class LinkArtifact(Artifact):
    """A link, kept as Markdown."""

    link: str
    link_text: str | None = None
    type: str | None = "markdown"

    def data_to_keep(self) -> str:
        """The link as Markdown."""
        return f"[{self.link_text or self.link}]({self.link})"


class MarkdownArtifact(Artifact):
    """A text in Markdown."""

    markdown: str
    type: str | None = "markdown"

    def data_to_keep(self) -> str:
        """The text."""
        return self.markdown


class TableArtifact(Artifact):
    """A table: lists by column, or a list of rows, which are dicts or lists."""

    table: dict[str, list[Any]] | list[dict[str, Any]] | list[list[Any]]
    type: str | None = "table"

    def data_to_keep(self) -> str:
        """The table as JSON text; what is not a number (NaN) becomes null."""
        return json.dumps(_without_nan(self.table))


class ProgressArtifact(Artifact):
    """How much of something is done, in percent."""

    progress: float
    type: str | None = "progress"

    def data_to_keep(self) -> float:
        """The number, kept between 0 and 100."""
        within = max(0.0, min(self.progress, 100.0))
        if within != self.progress:
            get_logger("artifacts").warning(
                "ProgressArtifact received an invalid value, Progress: %s%%; taken as %s%%",
                self.progress,
                within,
            )
        return within


class ImageArtifact(Artifact):
    """The address of an image."""

    image_url: str
    type: str | None = "image"

    def data_to_keep(self) -> str:
        """The address."""
        return self.image_url


def _without_nan(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_nan(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_nan(item) for key, item in value.items()}
    return None if isinstance(value, float) and math.isnan(value) else value
