"""The functions that make artifacts: one for each kind, each with an `a...` for asynchronous code.

https://docs.prefect.io/v3/api-ref/python/prefect-artifacts. Each gives the id of the artifact;
a `ValidationError` (a `ValueError`) says what is wrong with an argument.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flowlight.artifacts.kinds import (
    Artifact,
    ImageArtifact,
    LinkArtifact,
    MarkdownArtifact,
    ProgressArtifact,
    TableArtifact,
)
from flowlight.asynchronous import as_async, no_client
from flowlight.dispatch import dispatched
from flowlight.errors import PrefectHTTPStatusError
from flowlight.store import artifact_rows

__all__ = [
    "acreate_image_artifact",
    "acreate_link_artifact",
    "acreate_markdown_artifact",
    "acreate_progress_artifact",
    "acreate_table_artifact",
    "aupdate_progress_artifact",
    "create_image_artifact",
    "create_link_artifact",
    "create_markdown_artifact",
    "create_progress_artifact",
    "create_table_artifact",
    "update_progress_artifact",
]


def _link(
    link: str,
    link_text: str | None = None,
    key: str | None = None,
    description: str | None = None,
    client: Any = None,
) -> UUID:
    no_client(client)
    return _id(LinkArtifact(link=link, link_text=link_text, key=key, description=description))


def _markdown(markdown: str, key: str | None = None, description: str | None = None) -> UUID:
    return _id(MarkdownArtifact(markdown=markdown, key=key, description=description))


def _table(table: Any, key: str | None = None, description: str | None = None) -> UUID:
    return _id(TableArtifact(table=table, key=key, description=description))


def _progress(progress: float, key: str | None = None, description: str | None = None) -> UUID:
    return _id(ProgressArtifact(progress=progress, key=key, description=description))


def _image(image_url: str, key: str | None = None, description: str | None = None) -> UUID:
    return _id(ImageArtifact(image_url=image_url, key=key, description=description))


def _update(
    artifact_id: UUID, progress: float, description: str | None = None, client: Any = None
) -> UUID:
    no_client(client)
    data = ProgressArtifact(progress=progress).data_to_keep()
    if not artifact_rows.update(artifact_id, data, description):
        raise PrefectHTTPStatusError(f"there is no artifact of the id {artifact_id}")
    return artifact_id


def _id(artifact: Artifact) -> UUID:
    ident: UUID = artifact.create(_sync=True).id
    return ident


create_link_artifact = dispatched(_link)
acreate_link_artifact = as_async(_link)
create_markdown_artifact = dispatched(_markdown)
acreate_markdown_artifact = as_async(_markdown)
create_table_artifact = dispatched(_table)
acreate_table_artifact = as_async(_table)
create_progress_artifact = dispatched(_progress)
acreate_progress_artifact = as_async(_progress)
update_progress_artifact = dispatched(_update)
aupdate_progress_artifact = as_async(_update)
create_image_artifact = dispatched(_image)
acreate_image_artifact = as_async(_image)
