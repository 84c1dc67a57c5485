"""A block as JSON and back: secrets shown, saved blocks within it as references.

What comes out of `to_plain` goes to encryption and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from pydantic import BaseModel
from pydantic_core import to_jsonable_python

if TYPE_CHECKING:
    from flowlight.blocks.core import Block

__all__ = ["from_plain", "shown", "to_plain"]

_REFERENCE = "block_document_id"


def to_plain(block: Block) -> dict[str, Any]:
    """The fields of the class under their aliases; extra fields are not kept, as in Prefect."""
    fields = type(block).model_fields
    shown = BaseModel.model_dump(block, mode="json", by_alias=True, include=set(fields))
    data: dict[str, Any] = {}
    for name, field in fields.items():
        key = field.serialization_alias or field.alias or name
        value = getattr(block, name)
        data[key] = _plain(value) if _holds_more(value) else shown.get(key)
    return data


def _holds_more(value: Any) -> bool:
    """Whether pydantic's own dump would hide or lose something of the value."""
    from flowlight.blocks.core import Block

    if isinstance(value, Block) or hasattr(value, "get_secret_value"):
        return True
    if isinstance(value, BaseModel):
        return any(_holds_more(item) for _, item in value)
    if isinstance(value, Mapping):
        return any(_holds_more(item) for item in value.values())
    return isinstance(value, (list, tuple, set, frozenset)) and any(map(_holds_more, value))


def _plain(value: Any) -> Any:
    from flowlight.blocks.core import Block

    if isinstance(value, Block):
        if value._block_document_id is not None:
            return {"$ref": {_REFERENCE: str(value._block_document_id)}}
        return {**to_plain(value), "block_type_slug": value.get_block_type_slug()}
    if hasattr(value, "get_secret_value"):
        return _plain(value.get_secret_value())
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        return {
            (fields[name].alias or name if name in fields else name): _plain(item)
            for name, item in value
        }
    if isinstance(value, Mapping):
        return {to_jsonable_python(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    return to_jsonable_python(value)


def shown(value: Any, context: dict[str, Any]) -> Any:
    """A value with secrets in the open and models as dicts (observed in Prefect 3.8.8)."""
    if hasattr(value, "get_secret_value"):
        return value.get_secret_value()
    if isinstance(value, BaseModel):
        return value.model_dump(context=context)
    if isinstance(value, Mapping):
        return {key: shown(item, context) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return type(value)(shown(item, context) for item in value)
    return value


def from_plain(
    data: Any, load: Callable[[UUID], Block], class_of: Callable[[str], type[Block] | None]
) -> Any:
    """`data` with blocks in place of references and of what was kept by value."""
    if isinstance(data, list):
        return [from_plain(item, load, class_of) for item in data]
    if not isinstance(data, dict):
        return data
    reference = data.get("$ref")
    if set(data) == {"$ref"} and isinstance(reference, dict) and _REFERENCE in reference:
        return load(UUID(reference[_REFERENCE]))
    fields = {key: from_plain(item, load, class_of) for key, item in data.items()}
    kind = class_of(fields["block_type_slug"]) if "block_type_slug" in fields else None
    if kind is not None:
        del fields["block_type_slug"]
        return kind.model_validate(fields)
    return fields
