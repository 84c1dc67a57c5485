"""Operators, sensors, hooks and notifiers of providers, which are not installed.

They take the arguments, render the fields that are known to be templates (`provider_fields.json`)
and record the call that they would make. See `docs/daglight/around-tasks.md`.
"""

from __future__ import annotations

import dataclasses
import functools
import inspect
import json
from pathlib import Path
from typing import Any

from daglight.calls import arguments_of, record_call
from daglight.default_args import OperatorMeta
from daglight.hooks import BaseHook
from daglight.known import is_refused
from daglight.notifiers import BaseNotifier
from daglight.operator import BaseOperator
from daglight.operator_options import OPTIONS

__all__ = ["fields_of", "hook_of_type", "send_email", "stand_in"]

#: Endings of class names -> what makes the class.
_NO_PARTS = ("Trigger", "Exception", "Error", "Mixin", "Timeout", "Link")
_OPERATOR_ENDINGS = ("Operator", "OperatorAsync", "Sensor", "SensorAsync")


@functools.cache
def stand_in(name: str) -> Any:
    """The class that stands for a provider's class of that name; None when no kind fits."""
    if name.endswith(_OPERATOR_ENDINGS):
        return _operator(name)
    if name.endswith("Hook"):
        return type(name, (ProvidedHook,), {"_airflow_name": name})
    if name.endswith("Notifier") or (name.startswith("send_") and name.endswith("_notification")):
        return type(name, (ProvidedNotifier,), {"_airflow_name": name})
    if name[:1].isupper() and not name.isupper() and not name.endswith(_NO_PARTS):
        return type(name, (ProvidedPart,), {})
    return None


def hook_of_type(connection: Any, params: dict[str, Any]) -> Any:
    """A stand-in for the hook that belongs to a type of connection."""
    name = "".join(part.capitalize() for part in str(connection.conn_type).split("_")) + "Hook"
    return stand_in(name)(connection.conn_id, **params)


def _operator(name: str) -> Any:
    known = _known().get(name, {})
    body = {
        "_airflow_name": name,
        "template_fields": tuple(known.get("fields", ())),
        "template_ext": tuple(known.get("extensions", ())),
        "_arguments": tuple(known.get("arguments", ())),
    }
    return OperatorMeta(name, (ProvidedOperator,), body)


def fields_of(name: str) -> tuple[str, ...]:
    """The templated fields of a provider's operator, as far as they are known."""
    return tuple(_known().get(name, {}).get("fields", ()))


@functools.cache
def _known() -> dict[str, Any]:
    path = Path(__file__).with_name("provider_fields.json")
    return dict(json.loads(path.read_text(encoding="utf-8"))["operators"])


class ProvidedOperator(BaseOperator):
    """An operator of a provider: takes every argument, records `execute`."""

    _airflow_name = "ProvidedOperator"
    _arguments: tuple[str, ...] = ()

    def __init__(self, **kwargs: Any) -> None:
        own = {name: value for name, value in kwargs.items() if name not in _base_names()}
        super().__init__(**{name: kwargs[name] for name in kwargs if name not in own})
        defaults = self.__dict__["_defaults"]
        own = {**{one: defaults[one] for one in self._arguments if one in defaults}, **own}
        self._given = tuple(own)
        for name in self.template_fields:
            if is_refused(type(self), name) or not hasattr(self, name):
                setattr(self, name, None)
        for name, value in own.items():
            setattr(self, name, value)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(
            f"{self._airflow_name} has no attribute {name!r} that daglight knows: "
            "the provider is not installed, its operator only records the call it would make"
        )

    def execute(self, context: Any) -> Any:  # noqa: ARG002 - Airflow's signature
        """What the stub says, or None; the call is recorded with the arguments that were given."""
        arguments = {name: getattr(self, name) for name in self._given}
        return record_call(self._airflow_name, "execute", arguments, task_too=True)

    poke = execute


class ProvidedHook(BaseHook):
    """A hook of a provider: every method records its call."""

    _airflow_name = "ProvidedHook"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__()
        self._given = arguments_of(args, kwargs)

    def get_conn(self) -> Any:
        """A client that records what is called on it."""
        return self._record("get_conn")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return functools.partial(self._record, name)

    def _record(self, method: str, /, *args: Any, **kwargs: Any) -> Any:
        given = {"hook": self._given} if self._given else {}
        arguments = {**given, **arguments_of(args, kwargs)}
        return record_call(self._airflow_name, method, arguments, task_too=False)


class ProvidedNotifier(BaseNotifier):
    """A notifier of a provider, which records what it would send."""

    _airflow_name = "ProvidedNotifier"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__()
        self._given = arguments_of(args, kwargs)
        self.template_fields = ("_given",)

    def notify(self, context: Any) -> None:  # noqa: ARG002 - Airflow's signature
        """Record the message."""
        record_call(self._airflow_name, "notify", self._given, task_too=False)


@dataclasses.dataclass(init=False)
class ProvidedPart:
    """Any other class of a provider (a secret, a volume, a reference): keeps its arguments."""

    arguments: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.arguments = arguments_of(args, kwargs)


@functools.cache
def _base_names() -> frozenset[str]:
    own = inspect.signature(BaseOperator.__init__).parameters
    return frozenset(own) - {"self", "kwargs"} | frozenset(OPTIONS)


def send_email(*args: Any, **kwargs: Any) -> None:
    """`airflow.utils.email.send_email`: recorded."""
    record_call("airflow.utils.email", "send_email", arguments_of(args, kwargs), task_too=False)
