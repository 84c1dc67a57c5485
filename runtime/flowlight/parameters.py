"""Arguments by parameter name, and what a flow's annotations make of them.

https://docs.prefect.io/v3/how-to-guides/workflows/write-and-run describes the validation. It is
pydantic's, and pydantic is imported only for a flow that has annotations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flowlight.errors import (
    ParameterBindError,
    ParameterTypeError,
    SignatureMismatchError,
)
from flowlight.signatures import code_of, names_of, signature_of

if TYPE_CHECKING:
    import inspect

__all__ = [
    "bind",
    "bind_plain",
    "check_flow_parameters",
    "referenced",
    "to_call",
    "validate",
]


_INCOMPATIBLE = (
    "Flow function is not compatible with `validate_parameters`. Disable validation or"
    " change the argument names."
)


_TAKEN = frozenset(
    {"model_config", "v__args", "v__kwargs", "v__positional_only", "v__duplicate_kwargs"}
)


def check_flow_parameters(fn: Callable[..., Any], validated: bool) -> None:
    """Raise what Prefect 3.8.8 raises for names that no field of a pydantic model may have.

    It names the model after the function, which a partial and an instance cannot give it.
    """
    if validated and not hasattr(fn, "__name__"):
        raise ValueError(_INCOMPATIBLE)
    for name in names_of(fn):
        if name.startswith("_"):
            from pydantic.errors import PydanticUserError  # slow to import, and rarely needed

            better = name.lstrip("_") or "my_field"
            raise PydanticUserError(
                "Fields must not use names with leading underscores;"
                f" e.g., use {better!r} instead of {name!r}.",
                code=None,
            )
        if name in _TAKEN and validated:
            raise ValueError(_INCOMPATIBLE)


def bind_plain(
    names: tuple[str, ...], args: Sequence[Any], kwargs: Mapping[str, Any]
) -> dict[str, Any] | None:
    """What `bind` gives, when every parameter is given and nothing else; None otherwise."""
    if len(args) + len(kwargs) != len(names):
        return None
    bound = dict(zip(names, args))
    for name in names[len(args) :]:
        if name not in kwargs:
            return None
        bound[name] = kwargs[name]
    return bound


def bind(
    fn: Callable[..., Any],
    signature: inspect.Signature,
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
    *,
    defaults: bool = True,
) -> dict[str, Any]:
    """The arguments by name; `*args` as a tuple, `**kwargs` as a dict."""
    try:
        bound = signature.bind(*args, **kwargs)
    except TypeError as error:
        raise ParameterBindError.of(fn, error, args, kwargs) from None
    if defaults:
        bound.apply_defaults()
    return dict(bound.arguments)


def fill(signature: inspect.Signature, parameters: dict[str, Any]) -> dict[str, Any]:
    """The same with defaults filled in."""
    if len(parameters) == len(signature.parameters):
        return parameters
    import inspect

    bound = inspect.BoundArguments(signature, parameters)
    bound.apply_defaults()
    return dict(bound.arguments)


def to_call(
    signature: inspect.Signature, parameters: Mapping[str, Any]
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The arguments of the call that `parameters` describe."""
    import inspect

    bound = inspect.BoundArguments(signature, dict(parameters))
    return bound.args, bound.kwargs


def flatten(signature: inspect.Signature, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The same with the names in `**kwargs` beside the others."""
    flat: dict[str, Any] = {}
    for name, value in parameters.items():
        if signature.parameters[name].kind.name == "VAR_KEYWORD":
            flat.update(value)
        else:
            flat[name] = value
    return flat


def referenced(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters with blocks in place of references to them, `{"$ref": ...}`, at any depth.

    `ParameterTypeError` for a block that is not there. Observed in Prefect 3.8.8.
    """
    found = {name: value for name, value in parameters.items() if isinstance(value, (dict, list))}
    try:
        return {**parameters, **{name: _referenced(value) for name, value in found.items()}}
    except (ValueError, RuntimeError) as error:
        raise ParameterTypeError("Failed to resolve block references in parameters.") from error


def _referenced(value: Any) -> Any:
    if type(value) is list:
        items = [_referenced(item) for item in value]
        return value if all(a is b for a, b in zip(items, value)) else items
    if type(value) is not dict:
        return value
    if "$ref" in value:
        from flowlight.blocks.core import Block

        return Block.load_from_ref(value["$ref"], _sync=True)
    new = {key: _referenced(item) for key, item in value.items()}
    return value if all(new[key] is value[key] for key in value) else new


def validate(fn: Callable[..., Any], parameters: dict[str, Any]) -> dict[str, Any]:
    """The parameters as annotated; `ParameterTypeError` lists all that do not fit."""
    if code_of(fn) is not None and not fn.__annotations__.keys() - {"return"}:
        return parameters
    signature = signature_of(fn)
    if all(p.annotation is p.empty for p in signature.parameters.values()):
        return parameters
    import pydantic

    model = _model(fn, signature)
    try:
        fields = model.model_validate(
            {
                _field(i): parameters[name]
                for i, name in enumerate(signature.parameters)
                if name in parameters
            }
        )
    except pydantic.ValidationError as error:
        raise ParameterTypeError(_complaint(error, list(signature.parameters))) from None
    return {name: getattr(fields, _field(i)) for i, name in enumerate(signature.parameters)}


def validate_by_name(
    fn: Callable[..., Any], signature: inspect.Signature, given: Mapping[str, Any]
) -> dict[str, Any]:
    """The same for parameters of which some may be missing, or be none of the function's."""
    known = list(signature.parameters)
    if any(name not in known for name in given):
        raise SignatureMismatchError(
            f"Function expects parameters {known} but was provided with parameters {list(given)}"
        )
    defaults = {n: p.default for n, p in signature.parameters.items() if p.default is not p.empty}
    return validate(fn, referenced({**defaults, **given}))


def serialize(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters as JSON values; `<Type>` stands for one that has none."""
    return {name: _json(value) for name, value in parameters.items()}


def _json(value: Any) -> Any:
    from pydantic_core import to_jsonable_python

    try:
        return to_jsonable_python(value)
    except (TypeError, ValueError, RecursionError):
        return f"<{type(value).__name__}>"


def _field(position: int) -> str:
    """A name that pydantic takes for any parameter, `_x` and `model_y` among them."""
    return f"p{position}"


def _model(fn: Callable[..., Any], signature: inspect.Signature) -> Any:
    import pydantic

    parameters = _evaluated(fn, signature).parameters.values()
    fields: dict[str, Any] = {_field(i): (_annotation(p), ...) for i, p in enumerate(parameters)}
    config = pydantic.ConfigDict(arbitrary_types_allowed=True)
    return pydantic.create_model(
        f"{fn.__name__.title()}Model", __config__=config, __module__=fn.__module__, **fields
    )


def _evaluated(fn: Callable[..., Any], signature: inspect.Signature) -> inspect.Signature:
    """The signature with annotations that are text evaluated, where that is possible.

    Where it is not, pydantic reads them in the function's module, and raises what it cannot read.
    """
    import inspect

    try:
        return inspect.signature(fn, eval_str=True)
    except (NameError, TypeError, SyntaxError, AttributeError):
        return signature


def _annotation(parameter: inspect.Parameter) -> Any:
    annotation = parameter.annotation
    if annotation is parameter.empty:
        return Any
    # Observed in Prefect 3.8.8: what stands at *args and **kwargs is not looked at.
    return (
        Any if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD) else annotation
    )


def _complaint(error: Any, names: list[str]) -> str:
    lines = ["Flow run received invalid parameters:"]
    for item in error.errors():
        first, *rest = item["loc"]
        where = ".".join(str(part) for part in (names[int(first[1:])], *rest))
        lines.append(f" - {where}: {item['msg']}")
    return "\n".join(lines)
