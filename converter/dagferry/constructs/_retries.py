"""Retries, the delays between them, and the time that each try may take.

Airflow: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/tasks.html
Prefect: https://docs.prefect.io/v3/how-to-guides/workflows/retries
"""

from __future__ import annotations

import math
from typing import NoReturn

from dagferry import messages
from dagferry.constructs._base import Call, Refused, Unread
from dagferry.errors import Impossible
from dagferry.messages import reason
from dagferry.model.values import Const, Series, Value

AIRFLOW_RETRY_DELAY = 300
# Airflow waits no longer than a day; Prefect takes no more than fifty delays.
_LONGEST_DELAY = 24 * 60 * 60
_MOST_DELAYS = 50


def read_retries(call: Call) -> Value | None:
    """How often a failed task is tried again; None for never."""
    retries = call.attempt(lambda: _carried(call, "retries"), None)
    if isinstance(retries, Const) and isinstance(retries.value, (str, float)):
        # Airflow makes a whole number of it.
        retries = Const(value=int(retries.value)) if _is_whole(retries.value) else retries
        if isinstance(retries.value, str):
            call.refuse(*reason("wrong value", argument="retries", value=repr(retries.value)))
    return None if retries in (Const(value=0), Const(value=None)) or _zero(retries) else retries


def _is_whole(value: str | float) -> bool:
    return isinstance(value, float) or value.strip().isdigit()


def read_delay(call: Call) -> Value | None:
    """The seconds between tries; a list of them where they grow, as Prefect takes it."""
    delay = _seconds(call, "retry_delay")
    if not _grows(call):
        return delay
    tries = _carried(call, "retries")
    limit = _seconds(call, "max_retry_delay")
    base = delay.value if isinstance(delay, Const) else AIRFLOW_RETRY_DELAY
    highest = limit.value if isinstance(limit, Const) else _LONGEST_DELAY
    if not isinstance(tries, Const) or not isinstance(tries.value, int) or not tries.value:
        return delay if tries is None or isinstance(tries, Const) else _refuse_growth()
    call.of_new_form.append(messages.found("growing delays"))
    assert isinstance(base, (int, float))
    assert isinstance(highest, (int, float))
    grown = [
        max(1, math.ceil(base * 2**number)) for number in range(min(tries.value, _MOST_DELAYS))
    ]
    return Series(values=tuple(min(one, highest) for one in grown))


def read_timeout(call: Call) -> Value | None:
    """The seconds that each try may take. Raises Unread where only a run knows them."""
    return _seconds(call, "execution_timeout")


def _refuse_growth() -> NoReturn:
    raise Unread(*reason("growing delays of unknown length"))


def _grows(call: Call) -> bool:
    # Without growth there is nothing that it could limit.
    call.arguments.ignore("max_retry_delay")
    found = call.arguments.find("retry_exponential_backoff")
    if found is None:
        return False
    try:
        value = call.arguments.fold(found)
    except Impossible:
        raise Unread(*reason("value", argument="retry_exponential_backoff")) from None
    if value is True or value == 2:
        return True
    if not value:
        return False
    raise Refused(*reason("wrong value", argument="retry_exponential_backoff", value=value))


def _zero(value: Value | None) -> bool:
    return isinstance(value, Const) and not value.value


def _carried(call: Call, name: str) -> Value | None:
    try:
        return call.arguments.value(name)
    except Impossible:
        raise Unread(*reason("value", argument=name)) from None


def _seconds(call: Call, name: str) -> Value | None:
    try:
        return call.arguments.seconds(name)
    except Impossible:
        raise Unread(*reason("value", argument=name)) from None
