"""Serializers: values to bytes and back. Users add their own by subclassing `Serializer`.

https://docs.prefect.io/v3/advanced/results. What they write, Prefect reads, and the other way
round. This module imports pydantic: import it where a value is about to be written or read.
"""

from __future__ import annotations

import base64
import warnings
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    field_validator,
    model_validator,
)
from typing_extensions import Self

from flowlight.results.json_objects import from_qualified_name

__all__ = [
    "CompressedJSONSerializer",
    "CompressedPickleSerializer",
    "CompressedSerializer",
    "JSONSerializer",
    "PickleSerializer",
    "Serializer",
    "is_known",
    "resolve_serializer",
]

D = TypeVar("D")
_NO_CLASS = (
    "Serializer {!r} is not available in this environment: import the module that defines its class"
)
_known: dict[str, Any] = {}  # the classes, by the default of their `type`


class Serializer(BaseModel, Generic[D]):
    """Turns values of one kind into bytes. `Serializer(type="json")` makes one by its `type`."""

    type: str
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """A subclass is known by the default of its `type`."""
        super().__pydantic_init_subclass__(**kwargs)
        name = cls.model_fields["type"].default
        if isinstance(name, str) and not cls.__pydantic_generic_metadata__["origin"]:
            if name in _known and _known[name].__module__ != cls.__module__:
                warnings.warn(
                    f"Type {cls.__name__!r} at {cls.__module__} has key {name!r} that matches"
                    " existing registered type; the existing type will be overridden.",
                    stacklevel=3,
                )
            _known[name] = cls

    def __new__(cls, **fields: Any) -> Serializer[D]:
        """An instance of the class that has this `type`."""
        name = fields.get("type")
        if cls is not Serializer or name is None:
            return super().__new__(cls)
        if name not in _known:
            known = ", ".join(sorted(_known))
            raise ValueError(f"No class found for serializer type {name!r}; there are: {known}")
        return super().__new__(_known[name])

    @model_validator(mode="wrap")
    @classmethod
    def _of_its_type(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """In a field of a model too, its `type` says which class is meant."""
        if isinstance(value, dict) and value.get("type") in _known:
            kind = _known[value["type"]]
            if kind is not cls and issubclass(kind, _origin(cls)):
                made: Self = kind.model_validate(value)
                return made
        return handler(value)

    def dumps(self, obj: D) -> bytes:  # noqa: ARG002  # for subclasses
        """The bytes of a value; `RuntimeError` for a type whose class was not imported."""
        raise RuntimeError(_NO_CLASS.format(self.type))

    def loads(self, blob: bytes) -> D:  # noqa: ARG002
        """The value of bytes; `RuntimeError` for a type whose class was not imported."""
        raise RuntimeError(_NO_CLASS.format(self.type))


def _origin(cls: type[Serializer[Any]]) -> Any:
    return cls.__pydantic_generic_metadata__["origin"] or cls


def _importable(name: str, methods: tuple[str, str], what: str) -> str:
    try:
        library = from_qualified_name(name)
    except (ImportError, AttributeError) as error:
        raise ValueError(f"Failed to import requested {what} library: {name!r}.") from error
    for method in methods:
        if not callable(getattr(library, method, None)):
            raise ValueError(
                f"{what.capitalize()} library at {name!r} does not have a {method!r} method."
            )
    return name


class PickleSerializer(Serializer[D]):
    """Pickles, in base64; by cloudpickle unless `picklelib` names another library."""

    type: str = Field(default="pickle", frozen=True)
    picklelib: str = "cloudpickle"
    picklelib_version: str | None = None

    @field_validator("picklelib")
    @classmethod
    def check_picklelib(cls, value: str) -> str:
        """`ValueError` for a library that cannot be used."""
        return _importable(value, ("dumps", "loads"), "pickle")

    def dumps(self, obj: D) -> bytes:
        """The bytes of a value."""
        return base64.encodebytes(from_qualified_name(self.picklelib).dumps(obj))

    def loads(self, blob: bytes) -> D:
        """The value of bytes."""
        value: D = from_qualified_name(self.picklelib).loads(base64.decodebytes(blob))
        return value


class JSONSerializer(Serializer[D]):
    """JSON; what JSON has no form for is written with the name of its class."""

    type: str = Field(default="json", frozen=True)
    jsonlib: str = "json"
    object_encoder: str | None = "prefect.serializers.prefect_json_object_encoder"
    object_decoder: str | None = "prefect.serializers.prefect_json_object_decoder"
    dumps_kwargs: dict[str, Any] = Field(default_factory=dict)
    loads_kwargs: dict[str, Any] = Field(default_factory=dict)

    @field_validator("dumps_kwargs")
    @classmethod
    def check_dumps_kwargs(cls, value: dict[str, Any]) -> dict[str, Any]:
        """`ValueError` for `default`, which is `object_encoder`'s."""
        if "default" in value:
            raise ValueError("`default` cannot be provided. Use `object_encoder` instead.")
        return value

    @field_validator("loads_kwargs")
    @classmethod
    def check_loads_kwargs(cls, value: dict[str, Any]) -> dict[str, Any]:
        """`ValueError` for `object_hook`, which is `object_decoder`'s."""
        if "object_hook" in value:
            raise ValueError("`object_hook` cannot be provided. Use `object_decoder` instead.")
        return value

    def dumps(self, obj: D) -> bytes:
        """The bytes of a value."""
        kwargs = dict(self.dumps_kwargs)
        if self.object_encoder:
            kwargs["default"] = from_qualified_name(self.object_encoder)
        text = from_qualified_name(self.jsonlib).dumps(obj, **kwargs)
        return text.encode() if isinstance(text, str) else bytes(text)

    def loads(self, blob: bytes) -> D:
        """The value of bytes."""
        kwargs = dict(self.loads_kwargs)
        if self.object_decoder:
            kwargs["object_hook"] = from_qualified_name(self.object_decoder)
        value: D = from_qualified_name(self.jsonlib).loads(blob.decode(), **kwargs)
        return value


class CompressedSerializer(Serializer[D]):
    """Compresses what another serializer writes; by lzma unless `compressionlib` names another."""

    type: str = Field(default="compressed", frozen=True)
    serializer: Serializer[D]
    compressionlib: str = "lzma"

    @field_validator("serializer", mode="before")
    @classmethod
    def check_serializer(cls, value: Any) -> Any:
        """The serializer of a name; out of a record, of its fields."""
        if isinstance(value, dict) and "type" in value:
            return Serializer(**value)
        return Serializer(type=value) if isinstance(value, str) else value

    @field_validator("compressionlib")
    @classmethod
    def check_compressionlib(cls, value: str) -> str:
        """`ValueError` for a library that cannot be used."""
        return _importable(value, ("compress", "decompress"), "compression")

    def dumps(self, obj: D) -> bytes:
        """The bytes of a value."""
        library = from_qualified_name(self.compressionlib)
        return base64.encodebytes(library.compress(self.serializer.dumps(obj)))

    def loads(self, blob: bytes) -> D:
        """The value of bytes."""
        library = from_qualified_name(self.compressionlib)
        return self.serializer.loads(library.decompress(base64.decodebytes(blob)))


class CompressedPickleSerializer(CompressedSerializer[D]):
    """Compressed pickles."""

    type: str = Field(default="compressed/pickle", frozen=True)
    serializer: Serializer[D] = Field(default_factory=PickleSerializer)


class CompressedJSONSerializer(CompressedSerializer[D]):
    """Compressed JSON."""

    type: str = Field(default="compressed/json", frozen=True)
    serializer: Serializer[D] = Field(default_factory=JSONSerializer)


def is_known(fields: dict[str, Any]) -> bool:
    """Whether the class of a serializer of these fields was imported."""
    return fields.get("type") in _known


def resolve_serializer(serializer: Serializer[Any] | str) -> Serializer[Any]:
    """The serializer that an option names or is; `TypeError` for anything else."""
    if isinstance(serializer, Serializer):
        return serializer
    if isinstance(serializer, str):
        return Serializer(type=serializer)
    raise TypeError(
        "Result serializer must be one of the following types: 'Serializer', 'str'."
        f" Got unsupported type {type(serializer).__name__!r}."
    )
