"""What every task may ask for: retries, time-outs, callbacks, and what has no conversion.

Airflow: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/tasks.html
"""

from __future__ import annotations

from typing import Any

from dagferry.constructs._base import Call, Refused, Unread
from dagferry.constructs._option_names import (
    IGNORED,
    LEFT_OUT,
    LIMITS,
    NEUTRAL,
    OF_CLASSES,
    OF_THE_PAST,
    OLD_RULES,
    QUIET,
    RULES,
    SILENT,
)
from dagferry.constructs._retries import read_delay, read_retries, read_timeout
from dagferry.constructs._signatures import arguments_of
from dagferry.errors import Impossible
from dagferry.messages import reason
from dagferry.model.task import Options
from dagferry.model.values import Code, Imported
from dagferry.source.constants import Located
from dagferry.syntax import grammar


def read_options(call: Call, *own: str) -> Options:
    """The options of a task; `own` are arguments that the construct reads itself.

    What has no conversion is noted in `call.refusals`.
    """
    arguments = call.arguments
    arguments.ignore(*SILENT)
    for name, neutral in NEUTRAL.items():
        if name not in own:
            _expect_neutral(call, name, neutral)
    for name in LEFT_OUT:
        _left_out(call, name)
    _own_dates(call)
    _past(call)
    call.ignored += [name for name in sorted(IGNORED) if arguments.find(name) is not None]
    return Options(
        retries=read_retries(call),
        retry_delay=call.attempt(lambda: read_delay(call), None),
        timeout=call.attempt(lambda: read_timeout(call), None),
        on_failure=call.attempt(lambda: _callbacks(call, "on_failure_callback"), ()),
        on_success=call.attempt(lambda: _callbacks(call, "on_success_callback"), ()),
        on_execute=call.attempt(lambda: _callbacks(call, "on_execute_callback"), ()),
        others=call.attempt(lambda: _others(call), ()),
        trigger_rule=call.attempt(lambda: _trigger_rule(call), "all_success"),
        keeps_result=call.attempt(lambda: _keeps_result(call), True),
    )


def finish(call: Call, operator: str) -> None:
    """Note what no construct has read, in the call and in the `default_args` that the operator takes."""
    arguments = call.arguments
    for name in arguments.leftover_defaults(arguments_of(operator)):
        call.refuse(*reason("argument in defaults", argument=name))
    if arguments.spread:
        call.leave_to_run(*reason("spread arguments"))
    for name in arguments.leftover:
        call.refuse(*reason("argument", argument=name))


def _keeps_result(call: Call) -> bool:
    try:
        return bool(call.arguments.const("do_xcom_push", True))
    except Impossible:
        raise Unread(*reason("value", argument="do_xcom_push")) from None


def _past(call: Call) -> None:
    """Options that ask for the run before: a flow run knows nothing of it."""
    for name in OF_THE_PAST:
        found = call.arguments.find(name)
        if found is None:
            continue
        try:
            if not call.arguments.fold(found):
                continue
        except Impossible:
            pass
        call.tell("run before", argument=name)


def _expect_neutral(call: Call, name: str, neutral: tuple[Any, ...]) -> None:
    found = call.arguments.find(name)
    if found is None:
        return
    try:
        value = call.arguments.fold(found)
    except Impossible:
        value = found
    if value not in neutral and value not in ([], {}):
        refuse = call.leave_to_run if name in OF_CLASSES else call.refuse
        refuse(*reason("argument", argument=name))


def _left_out(call: Call, name: str) -> None:
    """Tell of an argument of the task's own; the DAG tells of those in its `default_args`."""
    found = call.arguments.find(name)
    if found is None or name not in call.arguments.given:
        return
    try:
        if call.arguments.fold(found) in (*QUIET.get(name, ()), [], {}):
            return
    except Impossible:
        pass
    call.tell("limit" if name in LIMITS else "description of a task", argument=name)


def _own_dates(call: Call) -> None:
    """Airflow makes no run of a task outside the task's own dates; `default_args` speak for the DAG."""
    for name in ("start_date", "end_date"):
        if name in call.arguments.given:
            call.tell("own dates", argument=name)


def _callbacks(call: Call, name: str) -> tuple[Code | Imported, ...]:
    found = call.arguments.find(name)
    if found is None or (isinstance(found.node, grammar.Constant) and found.node.value is None):
        return ()
    nodes = (
        found.node.elts if isinstance(found.node, (grammar.List, grammar.Tuple)) else [found.node]
    )
    return tuple(_callback(call, Located(node, found.module), name) for node in nodes)


def _others(call: Call) -> tuple[Code | Imported, ...]:
    names = ("on_retry_callback", "on_skipped_callback", "pre_execute", "post_execute")
    return tuple(one for name in names for one in _callbacks(call, name))


def _callback(call: Call, found: Located, name: str) -> Code | Imported:
    try:
        value = call.arguments.named(found)
    except Impossible:
        raise Unread(*reason("callback of another module", argument=name)) from None
    if isinstance(value, (Code, Imported)):
        return value
    raise Refused(*reason("callback that is no function", argument=name))


def _trigger_rule(call: Call) -> str:
    found = call.arguments.find("trigger_rule")
    if found is None:
        return "all_success"
    origin = call.arguments.origin(found)
    if origin is not None and "TriggerRule." in origin:
        rule = origin.rpartition(".")[2].lower()
    else:
        try:
            rule = str(call.arguments.fold(found))
        except Impossible:
            raise Unread(*reason("value", argument="trigger_rule")) from None
    rule = OLD_RULES.get(rule, rule)
    if rule not in RULES:
        raise Refused(*reason("trigger rule", rule=rule))
    return rule
