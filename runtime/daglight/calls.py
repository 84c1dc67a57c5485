"""Outside calls that are recorded and not made, and what they give instead.

What stands in a trace's `calls` was *recorded, not executed*: the operator's or hook's class, the
method, the arguments by name (positional ones under `args`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from daglight.errors import NotSupported
from daglight.events import Recorded
from daglight.scope import scope
from daglight.stubs import NO_STUB, Stub

if TYPE_CHECKING:
    from daglight.operator import BaseOperator

__all__ = ["Unknown", "arguments_of", "record_call", "stub_task"]


def record_call(owner: str, method: str, arguments: dict[str, Any], *, task_too: bool) -> Any:
    """Record a call of the task that runs now; the stub's value, or an `Unknown` without one.

    With `task_too`, a stub under the task's id counts, and without any stub the value is None.
    Raises what the stub says, and NotSupported outside of a task.
    """
    contexts = scope.contexts or scope.reporting
    if not contexts:
        raise NotSupported(f"call of {owner}.{method} while the DAG file loads")
    ti = contexts[-1]["ti"]
    stub = _stub(owner, method, ti.task_id if task_too else None)
    call = Recorded(
        ti.task_id, owner, method, arguments, stub is not NO_STUB, map_index=ti.map_index
    )
    ti.tell(call)
    if stub is NO_STUB:
        return None if task_too else Unknown(f"{owner}.{method}")
    stub.fail()
    for key, value in stub.xcoms.items():
        ti.xcom_push(key, value)
    return stub.value


def _stub(owner: str, method: str, task_id: str | None) -> Stub:
    names = [task_id, f"{owner}.{method}", owner] if task_id else [f"{owner}.{method}"]
    return next((scope.stubs[name] for name in names if name in scope.stubs), NO_STUB)


class Unknown:
    """What a recorded call gave, which nobody knows: only further calls can be made on it."""

    def __init__(self, origin: str) -> None:
        self._origin = origin

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return Unknown(f"{self._origin}.{name}")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        owner, _, method = self._origin.rpartition(".")
        return record_call(owner, method, arguments_of(args, kwargs), task_too=False)

    def __enter__(self) -> Unknown:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing was opened."""

    def refuse(self, *_: object) -> Any:
        """NotSupported: the value would be used."""
        raise NotSupported(
            f"value for {self._origin}, whose call was only recorded: give one with --stubs"
        )

    __bool__ = __len__ = __iter__ = __getitem__ = __contains__ = __str__ = __format__ = refuse
    __int__ = __float__ = __index__ = __add__ = __radd__ = __sub__ = __rsub__ = refuse
    __lt__ = __le__ = __gt__ = __ge__ = __eq__ = __ne__ = refuse
    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<the unknown value of {self._origin}>"


def arguments_of(args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a call as one dict."""
    return {"args": list(args), **kwargs} if args else dict(kwargs)


def stub_task(task: BaseOperator) -> None:
    """Let a task record that it would have run, with its rendered fields, and give its stub."""
    template_fields, owner = tuple(task.template_fields), task.task_type

    def execute(context: Any) -> Any:
        fields = {name: getattr(context["task"], name, None) for name in template_fields}
        return record_call(owner, "execute", fields, task_too=True)

    task.execute = execute  # type: ignore[method-assign]
