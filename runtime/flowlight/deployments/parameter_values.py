"""Parameters of deployments as JSON, and the blocks that they name.

A saved block is a reference, `{"$ref": {"block_document_id": ...}}`, which the flow run that takes
it reads (observed in Prefect 3.8.8).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["as_json", "check_blocks"]


def as_json(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters as JSON values; `ValueError` for one that has none."""
    return {name: _as_json(name, value) for name, value in parameters.items()}


def _as_json(name: str, value: Any) -> Any:
    from pydantic_core import PydanticSerializationError, to_jsonable_python

    try:
        return to_jsonable_python(_with_references(value))
    except PydanticSerializationError as error:
        raise ValueError(f"the parameter {name!r} is not JSON: {error}") from None


def check_blocks(value: Any) -> None:
    """`BlockNotSavedError` for a block that was not saved, at any depth."""
    from flowlight.blocks.core import Block
    from flowlight.blocks.saving import BlockNotSavedError

    if isinstance(value, Block) and value._block_document_id is None:
        raise BlockNotSavedError(
            "Block must be saved with `.save()` before it can be used as a deployment parameter."
        )
    if isinstance(value, Mapping):
        for item in value.values():
            check_blocks(item)
    elif isinstance(value, (list, tuple, set)):
        for item in value:
            check_blocks(item)


def _with_references(value: Any) -> Any:
    from flowlight.blocks.core import Block

    if isinstance(value, Block):
        return {"$ref": {"block_document_id": str(value._block_document_id)}}
    if isinstance(value, Mapping):
        return {key: _with_references(item) for key, item in value.items()}
    if type(value) in (list, tuple):
        return [_with_references(item) for item in value]
    return value
