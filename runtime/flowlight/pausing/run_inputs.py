"""Inputs that one flow run sends to another, and forms that a paused run waits for.

https://docs.prefect.io/v3/advanced/interactive; details: observed in Prefect 3.8.8. Inputs are kept
in the store, so that the runs may be in several processes of one `FLOWLIGHT_HOME`.
"""

from __future__ import annotations

import time
from typing import Any, ClassVar, NamedTuple
from uuid import UUID, uuid4

import pydantic
from typing_extensions import Self

from flowlight.context import FlowRunContext
from flowlight.dispatch import awaited, dispatched
from flowlight.store import run_input_rows

__all__ = [
    "GetInputHandler",
    "RunInput",
    "RunInputMetadata",
    "receive_input",
    "send_input",
]

_MOST_SECONDS = 0.2  # between two looks at the store of this machine


class RunInputMetadata(NamedTuple):
    """Under which key an input came, who sent it (`prefect.flow-run.ID`), and to whom."""

    key: str
    sender: str | None
    receiver: UUID


class RunInput(pydantic.BaseModel):
    """A form: its fields are those of the class."""

    _description: ClassVar[str | None] = None
    _metadata: RunInputMetadata = pydantic.PrivateAttr()

    @property
    def metadata(self) -> RunInputMetadata:
        """How it came here."""
        return self._metadata

    @classmethod
    def with_initial_data(cls, description: str | None = None, **values: Any) -> Any:
        """A form with these values filled in; `description` is shown beside it."""
        fields: dict[str, Any] = {
            name: (
                cls.model_fields[name].annotation if name in cls.model_fields else type(value),
                value,
            )
            for name, value in values.items()
        }
        form = pydantic.create_model(cls.__name__, __base__=cls, **fields)
        form.__doc__ = description
        return form

    @classmethod
    def receive(
        cls,
        timeout: float | None = 3600,
        poll_interval: float = 10,
        raise_timeout_error: bool = False,
        exclude_keys: set[str] | None = None,
        key_prefix: str | None = None,
        flow_run_id: UUID | None = None,
    ) -> GetInputHandler:
        """What was and will be sent to the run around the caller; it can be iterated."""
        return GetInputHandler(
            cls,
            key_prefix or _prefix(cls),
            timeout,
            poll_interval,
            raise_timeout_error,
            exclude_keys,
            flow_run_id,
        )

    @dispatched
    def send_to(
        self, flow_run_id: UUID, sender: str | None = None, key_prefix: str | None = None
    ) -> None:
        """Send it to a flow run."""
        _send(self, flow_run_id, sender, key_prefix)

    @dispatched
    def respond(
        self, run_input: Any, sender: str | None = None, key_prefix: str | None = None
    ) -> None:
        """Send something to the run that sent this; `RuntimeError` when no run did."""
        whose, _, ident = (self.metadata.sender or "").rpartition(".")
        if whose != "prefect.flow-run":
            raise RuntimeError("Cannot respond to an input that was not sent by a flow run.")
        _send(run_input, UUID(ident), sender, key_prefix)

    asend_to = awaited(send_to)
    arespond = awaited(respond)


class AutomaticRunInput(RunInput):
    """The form of a value that is no form: it has the field `value`."""

    value: Any


class GetInputHandler:
    """The inputs of one run, one by one; each is given once. It ends when the time is over."""

    def __init__(
        self,
        run_input_cls: type[RunInput],
        key_prefix: str,
        timeout: float | None = 3600,
        poll_interval: float = 10,
        raise_timeout_error: bool = False,
        exclude_keys: set[str] | None = None,
        flow_run_id: UUID | None = None,
        with_metadata: bool = True,
    ) -> None:
        self.run_input_cls = run_input_cls
        self.key_prefix = key_prefix
        self.timeout = timeout
        self.poll_interval = poll_interval
        self.raise_timeout_error = raise_timeout_error
        self.exclude_keys = set(exclude_keys or ())
        self.flow_run_id = _receiver(flow_run_id)
        self.with_metadata = with_metadata

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Any:
        try:
            return self._next()
        except TimeoutError:
            if self.raise_timeout_error:
                raise
            raise StopIteration from None

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Any:
        try:
            return await self.anext()
        except TimeoutError:
            if self.raise_timeout_error:
                raise
            raise StopAsyncIteration from None

    async def anext(self) -> Any:
        """The next input; `TimeoutError` when the time is over."""
        import asyncio

        end = self._end()
        while (found := self._look()) is None:
            await asyncio.sleep(self._pause(end))
        return self._given(found)

    def _next(self) -> Any:
        end = self._end()
        while (found := self._look()) is None:
            time.sleep(self._pause(end))
        return self._given(found)

    def next(self) -> Any:
        """The next input, in asynchronous code a coroutine of it; `TimeoutError` after the time."""
        from flowlight.dispatch import in_async_code

        return self.anext() if in_async_code() else self._next()

    def _end(self) -> float | None:
        return None if self.timeout is None else time.monotonic() + self.timeout

    def _pause(self, end: float | None) -> float:
        left = None if end is None else end - time.monotonic()
        if left is not None and left <= 0:
            raise TimeoutError("Timed out waiting for input")
        pause = min(self.poll_interval, _MOST_SECONDS)
        return pause if left is None else min(pause, left)

    def _look(self) -> run_input_rows.RunInputRow | None:
        found = run_input_rows.first(self.flow_run_id, self.key_prefix, self.exclude_keys)
        if found is not None:
            self.exclude_keys.add(found.key)
        return found

    def _given(self, row: run_input_rows.RunInputRow) -> Any:
        made = self.run_input_cls(**row.value)
        made._metadata = RunInputMetadata(row.key, row.sender, self.flow_run_id)
        if isinstance(made, AutomaticRunInput) and not self.with_metadata:
            return made.value
        return made


@dispatched
def send_input(
    run_input: Any, flow_run_id: UUID, sender: str | None = None, key_prefix: str | None = None
) -> None:
    """Send a form, a model or any value that JSON has to a flow run."""
    _send(run_input, flow_run_id, sender, key_prefix)


def receive_input(
    input_type: Any,
    timeout: float | None = 3600,
    poll_interval: float = 10,
    raise_timeout_error: bool = False,
    exclude_keys: set[str] | None = None,
    key_prefix: str | None = None,
    flow_run_id: UUID | None = None,
    with_metadata: bool = False,
) -> GetInputHandler:
    """What was and will be sent of this type to the run around the caller; it can be iterated."""
    form = _form(input_type)
    return GetInputHandler(
        form,
        key_prefix or _prefix(form),
        timeout,
        poll_interval,
        raise_timeout_error,
        exclude_keys,
        flow_run_id,
        with_metadata,
    )


def _send(run_input: Any, flow_run_id: UUID, sender: str | None, key_prefix: str | None) -> None:
    form: Any = _form(type(run_input))
    if isinstance(run_input, pydantic.BaseModel):
        text = run_input.model_dump_json()
    else:
        text = form(value=run_input).model_dump_json()
    around = FlowRunContext.get()
    if sender is None and around is not None:
        sender = f"prefect.flow-run.{around.flow_run.id}"
    run_input_rows.add(flow_run_id, f"{key_prefix or _prefix(form)}-{uuid4()}", text, sender)


def _form(kind: Any) -> type[RunInput]:
    """The form of a type: itself, one with its fields, or one with the field `value`."""
    if isinstance(kind, type) and issubclass(kind, RunInput):
        return kind
    if isinstance(kind, type) and issubclass(kind, pydantic.BaseModel):
        return type(f"{kind.__name__}RunInput", (RunInput, kind), {})
    name = getattr(kind, "__name__", getattr(kind, "_name", "")).lower()
    form: type[RunInput] = pydantic.create_model(
        f"{name}AutomaticRunInput", __base__=AutomaticRunInput, value=(kind, ...)
    )
    return form


def _prefix(form: type[RunInput]) -> str:
    return f"{form.__name__.lower()}-auto"


def _receiver(flow_run_id: UUID | None) -> UUID:
    around = FlowRunContext.get()
    if flow_run_id is None and around is None:
        raise RuntimeError("Must either provide a flow run ID or be within a flow run.")
    return flow_run_id or around.flow_run.id  # type: ignore[union-attr]  # checked above
