"""The parameters of a flow as a JSON schema, and values checked against it.

`prefect.utilities.callables.parameter_schema`; the shape was observed in Prefect 3.8.8.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Mapping
from typing import Any, Literal

import pydantic
from pydantic.errors import PydanticInvalidForJsonSchema

__all__ = ["ParameterSchema", "check_parameters", "parameter_schema"]


class ParameterSchema(pydantic.BaseModel):
    """An OpenAPI schema of an object whose properties are parameters."""

    title: Literal["Parameters"] = "Parameters"
    type: Literal["object"] = "object"
    properties: dict[str, Any] = pydantic.Field(default_factory=dict)
    required: list[str] = pydantic.Field(default_factory=list)
    definitions: dict[str, Any] = pydantic.Field(default_factory=dict)

    def model_dump_for_openapi(self) -> dict[str, Any]:
        """The schema as a dict, without an empty list of required parameters."""
        found = self.model_dump(mode="python", exclude_none=True)
        if not found["required"]:
            del found["required"]
        return found


def parameter_schema(fn: Callable[..., Any]) -> ParameterSchema:
    """The schema of a function or flow; types that have none are left open."""
    try:
        signature = inspect.signature(fn, eval_str=True)
    except (NameError, TypeError):
        signature = inspect.signature(fn)
    texts = _descriptions(inspect.getdoc(fn))
    fields: dict[str, Any] = {}
    for position, parameter in enumerate(signature.parameters.values()):
        if parameter.name in ("cls", "self"):
            continue
        name, kind, field = _field(parameter, position, texts)
        fields[name] = (kind if _has_schema(name, kind, field) else Any, field)
    return ParameterSchema(**_schema(fields))


def _field(
    parameter: inspect.Parameter, position: int, texts: Mapping[str, str]
) -> tuple[str, Any, Any]:
    clash = hasattr(pydantic.BaseModel, parameter.name)
    given = parameter.default
    is_field = isinstance(given, pydantic.fields.FieldInfo)
    default = given.default if is_field else given
    extra = dict(given.json_schema_extra or {}) if is_field else {}
    field = pydantic.Field(
        default=... if default is parameter.empty else default,
        title=parameter.name,
        description=(given.description if is_field else None) or texts.get(parameter.name),
        alias=parameter.name if clash else None,
        json_schema_extra={"position": position, **extra},
    )
    kind = Any if parameter.annotation is parameter.empty else parameter.annotation
    return parameter.name + "__" if clash else parameter.name, kind, field


def _has_schema(name: str, kind: Any, field: Any) -> bool:
    try:
        _schema({name: (kind, field)})
    except (ValueError, TypeError, PydanticInvalidForJsonSchema, pydantic.errors.PydanticUserError):
        return False
    return True


def _schema(fields: dict[str, Any]) -> dict[str, Any]:
    config = pydantic.ConfigDict(arbitrary_types_allowed=True)
    model = pydantic.create_model("Parameters", __config__=config, **fields)
    schema = pydantic.TypeAdapter(model).json_schema(
        by_alias=True, ref_template="#/definitions/{model}", schema_generator=_generator()
    )
    if "$defs" in schema:
        schema["definitions"] = schema.pop("$defs")
    return schema


def _generator() -> Any:
    from pydantic.json_schema import GenerateJsonSchema

    class Open(GenerateJsonSchema):
        """Classes of the user that are no models are any value."""

        def is_instance_schema(self, schema: Any) -> Any:  # noqa: ARG002  # pydantic calls it
            return {}

    return Open


def _descriptions(docstring: str | None) -> dict[str, str]:
    """What a docstring in Google's style says of each parameter."""
    if not docstring:
        return {}
    import griffe

    logger = logging.getLogger("griffe")
    before, logger.disabled = logger.disabled, True
    try:
        sections = griffe.parse(griffe.Docstring(docstring), griffe.Parser.google)
    finally:
        logger.disabled = before
    return {
        parameter.name: parameter.description
        for section in sections
        if section.kind is griffe.DocstringSectionKind.parameters
        for parameter in section.value
    }


def check_parameters(values: Mapping[str, Any], schema: Mapping[str, Any], where: str) -> None:
    """`ValueError` for values that do not fit the schema."""
    import jsonschema

    from flowlight.deployments.parameter_values import as_json

    try:
        jsonschema.validate(as_json(values), schema)
    except jsonschema.ValidationError as error:
        field = ".".join(str(part) for part in error.absolute_path)
        place = f" for field {field!r}" if field else ""
        raise ValueError(
            f"{where}: Validation failed{place}. Failure reason: {error.message}"
        ) from None
