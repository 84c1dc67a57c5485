"""What the methods of blocks do that save, load and delete.

The texts of the errors: observed in Prefect 3.8.8.
"""

from __future__ import annotations

import warnings
from abc import ABC
from typing import TYPE_CHECKING, Any
from uuid import UUID

from pydantic import ValidationError

from flowlight.asynchronous import no_client
from flowlight.blocks.names import check_name
from flowlight.blocks.plain import from_plain, to_plain
from flowlight.store import documents

if TYPE_CHECKING:
    from flowlight.blocks.core import Block

__all__ = [
    "BlockNotSavedError",
    "InvalidBlockRegistration",
    "check_registration",
    "delete",
    "load",
    "load_from_ref",
    "save",
]

_NAMELESS = (
    "You're attempting to save a block document without a name. Please either call `save` with a"
    " `name` or pass `is_anonymous=True` to save an anonymous block."
)
_TAKEN = (
    "You are attempting to save values with a name that is already in use for this block type. If"
    " you would like to overwrite the values that are saved, then save with `overwrite=True`."
)


class BlockNotSavedError(RuntimeError):
    """Something needs a block that was saved."""


class InvalidBlockRegistration(Exception):  # noqa: N818  # the name is Prefect's
    """The base class, or one that is only an interface, is no type of blocks."""


def check_registration(cls: type[Block], client: Any = None) -> None:
    """`InvalidBlockRegistration` for a class of which no block can be saved."""
    no_client(client)
    what = "the Block class" if cls.__name__ == "Block" else None
    if what is None and ABC in cls.__bases__:
        what = "a Block interface class"
    if what is not None:
        raise InvalidBlockRegistration(
            "`register_type_and_schema` should be called on a Block subclass and not on"
            f" {what} directly."
        )


def save(
    block: Block, name: str | None = None, overwrite: bool = False, client: Any = None
) -> UUID:
    """Keep the block's values under a name; `ValueError` when it is taken, unless `overwrite`."""
    no_client(client)
    name = block._block_document_name if name is None else name
    if name is None:
        raise ValueError(_NAMELESS)
    check_registration(type(block))
    if not name:
        raise ValueError("No name provided, either as an argument or on the block.")
    check_name(name)
    block._is_anonymous = False
    block._block_document_id = _write(block, name, overwrite)
    block._block_document_name = name
    return block._block_document_id


def _write(block: Block, name: str, overwrite: bool) -> UUID:
    kind, data = block.get_block_type_slug(), to_plain(block)
    try:
        return documents.create(kind, name, data)
    except documents.NameTaken:
        if not overwrite:
            raise ValueError(_TAKEN) from None
    found = _document(type(block), name)
    documents.update(found.id, data)
    return found.id


def load(cls: type[Block], name: str, validate: bool = True, client: Any = None) -> Block:
    """The block of this name, of the class's type; on `Block` itself, of `TYPE/NAME`."""
    no_client(client)
    return _revive(cls, _document(cls, name), validate)


def delete(cls: type[Block], name: str, client: Any = None) -> None:
    """Forget the block of this name."""
    no_client(client)
    documents.delete(_document(cls, name).id)


def load_from_ref(cls: type[Block], ref: Any, validate: bool = True, client: Any = None) -> Block:
    """The block of an id, or of `{"block_document_id": ...}` or `{"block_document_slug": ...}`."""
    no_client(client)
    if isinstance(ref, (str, UUID)):
        return _revive(cls, _document_of_id(ref), validate)
    if isinstance(ref, dict) and (ident := ref.get("block_document_id")):
        return _revive(cls, _document_of_id(ident), validate)
    if isinstance(ref, dict) and (slug := ref.get("block_document_slug")):
        return _revive(cls, _document(cls, slug), validate)
    raise ValueError(f"Invalid reference format {ref!r}.")


def _document(cls: type[Block], name: str) -> documents.Document:
    kind = cls.get_block_type_slug()
    if cls.__name__ == "Block":
        kind, name = name.split("/", 1)
    found = documents.find(kind, name)
    if found is None:
        raise ValueError(f"Unable to find block document named {name} for block type {kind}")
    return found


def _document_of_id(ident: str | UUID) -> documents.Document:
    if isinstance(ident, str):
        try:
            ident = UUID(ident)
        except ValueError:
            raise ValueError(f"Block document ID {ident!r} is not a valid UUID") from None
    found = documents.find_by_id(ident)
    if found is None:
        raise ValueError(f"Unable to find block document with ID {ident!r}")
    return found


def _revive(cls: type[Block], document: documents.Document, validate: bool = True) -> Block:
    if cls.__name__ == "Block":
        cls = cls.get_block_class_from_key(document.type)
    data = from_plain(
        document.data(),
        lambda ident: _revive(_base(cls), _document_of_id(ident)),
        lambda slug: cls.get_block_class_from_key(slug),
    )
    block = _instance(cls, document, data, validate)
    block._block_document_id = document.id
    block._block_document_name = document.name
    block._is_anonymous = False
    return block


def _base(cls: type[Block]) -> type[Block]:
    return next(each for each in cls.__mro__ if each.__name__ == "Block")


def _instance(
    cls: type[Block], document: documents.Document, data: dict[str, Any], validate: bool
) -> Block:
    name, kind = document.name, cls.get_block_type_slug()
    try:
        return cls.model_validate(data)
    except ValidationError as error:
        errors = error.errors(include_input=False, include_url=False, include_context=False)
    missing = [each["loc"][0] for each in errors if each["loc"]]
    if validate:  # not inside of `except`: pydantic's own error holds the values, which are secret
        raise RuntimeError(
            f"Unable to load {name!r} of block type {kind!r} due to failed validation. To load"
            " without validation, try loading again with `validate=False`."
        ) from ValueError("; ".join(f"{each['loc']}: {each['type']}" for each in errors))
    warnings.warn(
        f"Could not fully load {name!r} of block type {kind!r} - this is likely because one or more"
        f" required fields were added to the schema for {cls.__name__!r} that did not exist on the"
        " class when this block was last saved. Please specify values for new field(s):"
        f' {", ".join(map(repr, missing))}, then run `{cls.__name__}.save("{name}",'
        " overwrite=True)`, and load this block again before attempting to use it.",
        stacklevel=4,
    )
    return cls.model_construct(**{**data, **dict.fromkeys(map(str, missing))})
