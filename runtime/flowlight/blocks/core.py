"""The base of all blocks: a pydantic model that can be saved under a name and loaded again.

https://docs.prefect.io/v3/api-ref/python/prefect-blocks-core; messages and what is not in the
manual: observed in Prefect 3.8.8.
"""

from __future__ import annotations

import inspect
import re
import warnings
from abc import ABC
from typing import Any, ClassVar
from uuid import UUID

from pydantic import (
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    PrivateAttr,
    SerializationInfo,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)
from typing_extensions import Self

from flowlight.asynchronous import as_async
from flowlight.blocks import saving
from flowlight.blocks.names import slug_of
from flowlight.blocks.plain import shown
from flowlight.blocks.saving import BlockNotSavedError, InvalidBlockRegistration
from flowlight.dispatch import dispatched

__all__ = [
    "Block",
    "BlockNotSavedError",
    "InvalidBlockRegistration",
    "UnknownBlockType",
    "lookup_type",
]

_METADATA = {"_block_document_id", "_block_document_name", "_is_anonymous"}


def lookup_type(cls: type[Block], dispatch_key: str) -> type[Block]:
    """The subclass of this slug (`prefect.utilities.pydantic.lookup_type`); `KeyError` for none."""
    kind = _classes.get(dispatch_key)
    if kind is None or not issubclass(kind, cls):
        raise KeyError(f"No class found for dispatch key {dispatch_key!r} below {cls.__name__!r}.")
    return kind


class UnknownBlockType(Exception):  # noqa: N818  # the name is Prefect's
    """No class of this type was imported."""


def _warn(cls: type[Block], slug: str, other: type[Block]) -> None:
    """Say that a class takes the place of another one, unless it has no source, as in Prefect."""
    try:
        place, other_place = _place(cls), _place(other)
    except (OSError, TypeError):
        return
    warnings.warn(
        f"Type {cls.__name__!r} at {place} has key {slug!r} that matches existing registered type"
        f" {other.__name__!r} from {other_place}. The existing type will be overridden.",
        stacklevel=4,
    )


def _place(cls: type[Block]) -> str:
    return f"{inspect.getsourcefile(cls)}:{inspect.getsourcelines(cls)[1]}"


_classes: dict[str, type[Block]] = {}  # by slug; as with pydantic's models, the last one counts


class Block(BaseModel, ABC):
    """A model whose instances can be saved; subclasses add fields and methods of their own."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="allow", hide_input_in_errors=True)

    _block_type_name: ClassVar[str | None] = None
    _block_type_slug: ClassVar[str | None] = None
    _logo_url: ClassVar[Any] = None
    _documentation_url: ClassVar[Any] = None
    _description: ClassVar[str | None] = None
    _code_example: ClassVar[str | None] = None
    _block_type_id: ClassVar[UUID | None] = None
    _block_schema_id: ClassVar[UUID | None] = None
    _block_schema_capabilities: ClassVar[list[str] | None] = None
    _block_schema_version: ClassVar[str | None] = None

    _block_document_id: UUID | None = PrivateAttr(None)
    _block_document_name: str | None = PrivateAttr(None)
    _is_anonymous: bool | None = PrivateAttr(None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.block_initialization()

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Make the type known to `Block.load`."""
        super().__pydantic_init_subclass__(**kwargs)
        if not cls.__pydantic_generic_metadata__["origin"]:
            slug = cls.get_block_type_slug()
            if slug in _classes:
                _warn(cls, slug, _classes[slug])
            _classes[slug] = cls

    def block_initialization(self) -> None:
        """For subclasses: called when an instance was made or loaded."""

    def __str__(self) -> str:
        return repr(self)

    def __repr_args__(self) -> Any:
        fields = type(self).model_fields
        return [(key, value) for key, value in super().__repr_args__() if key in fields]

    @model_validator(mode="before")
    @classmethod
    def _is_of_this_type(cls, values: Any) -> Any:
        if isinstance(values, dict) and values.get("block_type_slug"):
            given, own = values["block_type_slug"], cls.get_block_type_slug()
            if given != own:
                raise ValueError(f"Invalid block_type_slug: expected '{own}', got '{given}'")
            return {key: value for key, value in values.items() if key != "block_type_slug"}
        return values

    @model_validator(mode="wrap")
    @classmethod
    def _of_its_type(cls, values: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """In a field of a model too, the slug of a subclass says which class is meant."""
        slug = values.get("block_type_slug") if isinstance(values, dict) else None
        kind = cls.get_block_class_from_key(slug) if slug else None
        if kind is not None and kind is not cls and issubclass(kind, cls):
            made: Self = kind.model_validate(values)
            return made
        return handler(values)

    @model_serializer(mode="wrap")
    def _with_metadata(
        self, handler: SerializerFunctionWrapHandler, info: SerializationInfo
    ) -> Any:
        context = info.context if isinstance(info.context, dict) else {}
        dumped = handler(self)
        fields = type(self).model_fields
        if context.get("include_secrets"):
            dumped.update({name: shown(getattr(self, name), context) for name in fields})
        metadata = {
            "block_type_slug": self.get_block_type_slug(),
            "_block_document_id": self._block_document_id,
            "_block_document_name": self._block_document_name,
            "_is_anonymous": self._is_anonymous,
        }
        return {**dumped, **{key: value for key, value in metadata.items() if value is not None}}

    def model_dump(self, **options: Any) -> dict[str, Any]:
        """As pydantic's; with `include` or `exclude`, facts about the saved block follow it too."""
        dumped = super().model_dump(**options)
        include, exclude = options.get("include"), options.get("exclude")
        for key in _METADATA | {"block_type_slug"}:
            if (include and key not in include) or (exclude and key in exclude):
                dumped.pop(key, None)
        return dumped

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """As pydantic's, without what `model_dump` adds."""
        if isinstance(obj, dict):
            obj = {key: value for key, value in obj.items() if key not in _METADATA}
        return super().model_validate(obj, **options)

    @classmethod
    def model_json_schema(cls, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """As pydantic's; each field says at which position it stands."""
        schema = super().model_json_schema(*args, **kwargs)
        for position, (name, field) in enumerate(cls.model_fields.items()):
            for key in {name, field.alias} & schema.get("properties", {}).keys():
                schema["properties"][key]["position"] = position
        return schema

    @classmethod
    def get_block_type_name(cls) -> str:
        """The name of the type: the class's, unless it says otherwise."""
        return cls._block_type_name or cls.__name__

    @classmethod
    def get_block_type_slug(cls) -> str:
        """The name of the type as `Block.load` takes it."""
        return slug_of(cls._block_type_slug or cls.get_block_type_name())

    @classmethod
    def get_description(cls) -> str | None:
        """What the type is for: the docstring up to its first section, unless the class says."""
        if cls._description is not None or cls.__doc__ is None:
            return cls._description
        text = re.split(r"^\w[\w ]*:\s*$", inspect.cleandoc(cls.__doc__), maxsplit=1, flags=re.M)[0]
        return text.strip() or None

    @classmethod
    def get_block_class_from_key(cls, key: str) -> type[Block]:
        """The class of a type; `UnknownBlockType` when none of it was imported."""
        if key not in _classes:
            raise UnknownBlockType(
                f"No block class exists for slug {key!r}. Please ensure that the block's class is"
                " imported before it is used."
            )
        return _classes[key]

    @staticmethod
    def is_block_class(block: Any) -> bool:
        """Whether this is a class of blocks."""
        return inspect.isclass(block) and issubclass(block, Block)

    def get_block_placeholder(self) -> str:
        """How a template names this block."""
        if not self._block_document_name:
            raise BlockNotSavedError("Could not generate block placeholder for unsaved block.")
        return f"prefect.blocks.{self.get_block_type_slug()}.{self._block_document_name}"

    save = dispatched(saving.save)
    asave = as_async(saving.save)
    load = classmethod(dispatched(saving.load))
    aload = classmethod(as_async(saving.load))
    load_from_ref = classmethod(dispatched(saving.load_from_ref))
    aload_from_ref = classmethod(as_async(saving.load_from_ref))
    delete = classmethod(dispatched(saving.delete))
    adelete = classmethod(as_async(saving.delete))
    register_type_and_schema = classmethod(dispatched(saving.check_registration))
    aregister_type_and_schema = classmethod(as_async(saving.check_registration))
