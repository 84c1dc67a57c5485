"""What a paused run waits for: a pydantic model, or any type that pydantic knows.

pydantic is imported when somebody asks for `RunInput` or waits for input.
"""

from __future__ import annotations

import functools
from typing import Any

from flowlight.errors import NotSupported

__all__ = ["model_of", "not_here", "value_of"]


def __getattr__(name: str) -> Any:
    if name == "RunInput":
        return _run_input()
    raise AttributeError(name)


@functools.lru_cache(maxsize=1)
def _run_input() -> Any:
    import pydantic

    class RunInput(pydantic.BaseModel):
        """A form that a person fills in: its fields are those of the class."""

        @classmethod
        def with_initial_data(cls, description: str | None = None, **values: Any) -> Any:
            """A form with these values filled in; `description` is shown beside it."""
            fields: dict[str, Any] = {
                name: (cls.model_fields[name].annotation, value) for name, value in values.items()
            }
            form = pydantic.create_model(cls.__name__, __base__=cls, **fields)
            form.__doc__ = description
            return form

    return RunInput


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


def not_here(*_: Any, **__: Any) -> Any:
    """Not supported: there is no server that would keep what one run sends to another."""
    raise NotSupported(
        "flowlight has no send_input and receive_input: use pause_flow_run(wait_for_input=...) and"
        " resume_flow_run(run_input=...), or run this file on Prefect itself"
    )


send_input = receive_input = not_here
