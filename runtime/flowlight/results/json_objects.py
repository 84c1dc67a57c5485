"""Values that JSON has no form for: as an object that names their class, as Prefect writes them."""

from __future__ import annotations

import importlib
import io
from typing import Any

__all__ = [
    "decode",
    "encode",
    "from_qualified_name",
    "prefect_json_object_decoder",
    "prefect_json_object_encoder",
]

# Names under which records of Prefect and of flowlight alike refer to these two functions.
_OURS = {
    "prefect.serializers.prefect_json_object_encoder": "encode",
    "prefect.serializers.prefect_json_object_decoder": "decode",
}
_adapters: dict[str, Any] = {}


def encode(obj: Any) -> Any:
    """The JSON form of a value that has none of its own; `TypeError` and the like when it cannot."""
    if isinstance(obj, BaseException):
        return {"__exc_type__": _name(type(obj)), "message": str(obj)}
    if isinstance(obj, io.IOBase):
        text = f"type={type(obj).__name__}, repr={obj!r} (original content not read)"
        return {"__class__": _name(type(obj)), "data": f"<Prefect IOStream Placeholder: {text}>"}
    import pydantic
    import pydantic_core

    generic = getattr(type(obj), "__pydantic_generic_metadata__", None) or {}
    data = (
        obj.model_dump(mode="json")
        if isinstance(obj, pydantic.BaseModel)
        else pydantic_core.to_jsonable_python(obj)
    )
    return {"__class__": _name(generic.get("origin") or type(obj)), "data": data}


def decode(result: dict[str, Any]) -> Any:
    """The value that `encode` wrote; other objects stay as they are."""
    if "__class__" in result:
        name = result["__class__"]
        if name not in _adapters:
            try:
                cls = from_qualified_name(name)
            except (ImportError, AttributeError):
                return result
            import pydantic

            _adapters[name] = pydantic.TypeAdapter(cls)
        return _adapters[name].validate_python(result["data"])
    if "__exc_type__" in result:
        return _exception_class(result["__exc_type__"])(result["message"])
    return result


prefect_json_object_encoder = encode
prefect_json_object_decoder = decode


def _exception_class(name: str) -> type[BaseException]:
    try:
        found = from_qualified_name(name)
    except (ImportError, AttributeError):
        found = None
    if not (isinstance(found, type) and issubclass(found, BaseException)):
        raise ValueError(f"Invalid exception type: {name!r}")
    return found


def from_qualified_name(name: str) -> Any:
    """The module, or the object in a module, of this dotted name."""
    if name in _OURS:
        return globals()[_OURS[name]]
    try:
        return importlib.import_module(name)
    except ImportError:
        if "." not in name:
            raise
    module, _, attribute = name.rpartition(".")
    return getattr(importlib.import_module(module), attribute)


def _name(cls: type) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"
