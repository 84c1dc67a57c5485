"""The arguments that every sensor takes: how often it asks, how long, and what becomes of it then.

https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/sensors.html
"""

from __future__ import annotations

from functools import partial

from dagferry.constructs._base import Call, Refused
from dagferry.errors import Impossible
from dagferry.messages import reason
from dagferry.model.task import Argument, Options
from dagferry.model.values import Const, Value

_TIMES = ("poke_interval", "timeout", "max_wait")
_SWITCHES = ("soft_fail", "exponential_backoff", "silent_fail", "never_fail")
WAITING = (*_TIMES, "mode", *_SWITCHES)


def waiting(call: Call, options: Options) -> list[Argument]:
    """The sensor's own arguments under Airflow's names. What only a run knows keeps its spelling."""
    mode = call.attempt(partial(_value, call, "mode"), None)
    _modes(call, mode, options)
    found = [(name, call.attempt(partial(_time, call, name), None)) for name in _TIMES]
    found.append(("mode", None if mode == Const(value="poke") else mode))
    found += [(name, call.attempt(partial(_value, call, name), None)) for name in _SWITCHES]
    return [Argument(name=name, value=value) for name, value in found if value is not None]


def _modes(call: Call, mode: Value | None, options: Options) -> None:
    """Tell what differs where Airflow ends the task between two pokes and starts it again."""
    if mode is None or (isinstance(mode, Const) and mode.value == "poke"):
        return
    if isinstance(mode, Const) and mode.value != "reschedule":
        call.refuse(*reason("wrong value", argument="mode", value=repr(mode.value)))
        return
    call.tell("sensor that waits")
    told = {"execution_timeout": options.timeout, "on_execute_callback": options.on_execute}
    for name in (name for name, value in told.items() if value):
        call.tell("rescheduled sensor", argument=name)


def _time(call: Call, name: str) -> Value | None:
    """A time as it is written, or else in seconds."""
    try:
        return _value(call, name)
    except Refused:
        try:
            return call.arguments.seconds(name)
        except Impossible:
            raise Refused(*reason("value", argument=name)) from None


def _value(call: Call, name: str) -> Value | None:
    try:
        return call.arguments.value(name)
    except Impossible:
        raise Refused(*reason("value", argument=name)) from None
