"""What a paused run waits for: a pydantic model, or any type that pydantic knows.

pydantic is imported when somebody waits for input.
"""

from __future__ import annotations

from typing import Any

__all__ = ["model_of", "value_of"]


def model_of(wanted: Any) -> Any:
    """The model of an input; a type that is none becomes the field `value` of one."""
    import pydantic

    if isinstance(wanted, type) and issubclass(wanted, pydantic.BaseModel):
        return wanted
    return pydantic.create_model("AutomaticRunInput", value=(wanted, ...), _plain=(bool, True))


def value_of(model: Any, given: dict[str, Any]) -> Any:
    """The input as the flow gets it; `RuntimeError` when it does not fit the model."""
    import pydantic

    try:
        made = model.model_validate(given)
    except pydantic.ValidationError as error:
        raise RuntimeError(
            f"Cannot resume this run: Run input validation failed: {error}"
        ) from None
    return made.value if model.__name__ == "AutomaticRunInput" else made
