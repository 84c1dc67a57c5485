"""What every task may ask for: retries, time-outs, callbacks, and what has no conversion.

Airflow: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/tasks.html
Prefect: https://docs.prefect.io/v3/how-to-guides/workflows/retries
"""

from __future__ import annotations

import math
from typing import Any, NoReturn

from dagferry import messages
from dagferry.constructs._base import Call, Refused, Unread
from dagferry.constructs._signatures import arguments_of
from dagferry.errors import Impossible
from dagferry.messages import reason
from dagferry.model.task import Options
from dagferry.model.values import Code, Const, Imported, Series, Value
from dagferry.source.constants import Located
from dagferry.syntax import grammar

# Arguments that are taken up elsewhere, or that say nothing without one that is refused.
_SILENT = [
    "task_id",
    "start_date",
    "end_date",
    "dag",
    "provide_context",
    "ignore_first_depends_on_past",
    "allow_nested_operators",
]
# Arguments that only describe the task; the reader is told.
_DESCRIBING = [
    "owner",
    "doc",
    "doc_md",
    "doc_json",
    "doc_yaml",
    "doc_rst",
    "task_display_name",
    "ui_color",
    "ui_fgcolor",
    "logger_name",
    "show_return_value_in_logs",
]
# Arguments that only say where or when the scheduler places the task; the reader is told.
_PLACEMENT = [
    "pool",
    "pool_slots",
    "priority_weight",
    "weight_rule",
    "queue",
    "executor",
    "executor_config",
    "run_as_user",
    "resources",
    "max_active_tis_per_dag",
    "max_active_tis_per_dagrun",
    "task_concurrency",
    "email",
    "email_on_failure",
    "email_on_retry",
    "sla",
    "inlets",
]
LEFT_OUT = (*_DESCRIBING, *_PLACEMENT)
# Those of them without which tasks would overlap that must not.
LIMITS = frozenset(
    {"pool", "pool_slots", "max_active_tis_per_dag", "max_active_tis_per_dagrun"}
    | {"task_concurrency"}
)
# Arguments that mean nothing while they have these values.
_NEUTRAL: dict[str, tuple[Any, ...]] = {
    "default_args": (None,),
    "task_group": (None,),
    "multiple_outputs": (False, None),
    "templates_dict": (None,),
    "templates_exts": (None,),
    "on_retry_callback": (None,),
    "on_skipped_callback": (None,),
    "pre_execute": (None,),
    "post_execute": (None,),
    "outlets": (None,),
    "map_index_template": (None,),
    "params": (None,),
    "retry_policy": (None,),
    "render_template_as_native_obj": (None,),
}
# Those of them that the classes of the helper give Airflow's meaning.
OF_CLASSES = frozenset(
    {"default_args", "multiple_outputs", "on_retry_callback", "on_skipped_callback", "params"}
    | {"post_execute", "pre_execute", "templates_dict"}
)
_QUIET: dict[str, tuple[Any, ...]] = {
    "email_on_failure": (False, None),
    "email_on_retry": (False, None),
    "email": (None,),
    "pool": (None, "default_pool"),
    "pool_slots": (1,),
    "queue": (None, "default"),
    "sla": (None,),
    "priority_weight": (1,),
}
# The rule that each of the old names stands for.
_OLD_RULES = {"dummy": "always", "none_failed_or_skipped": "none_failed_min_one_success"}
RULES = frozenset(
    [
        "all_success",
        "all_failed",
        "all_done",
        "all_done_min_one_success",
        "all_done_setup_success",
        "all_skipped",
        "one_success",
        "one_failed",
        "one_done",
        "none_failed",
        "none_failed_min_one_success",
        "none_skipped",
        "always",
    ]
)
AIRFLOW_RETRY_DELAY = 300
_OF_THE_PAST = ("depends_on_past", "wait_for_downstream", "wait_for_past_depends_before_skipping")
# Airflow waits no longer than a day; Prefect takes no more than fifty delays.
# Arguments that a class of the helper takes only where the graph is told to ignore them.
_IGNORED = LIMITS.union(_OF_THE_PAST, {"end_date"})
_LONGEST_DELAY = 24 * 60 * 60
_MOST_DELAYS = 50


def read_options(call: Call, *own: str) -> Options:
    """The options of a task; `own` are arguments that the construct reads itself.

    What has no conversion is noted in `call.refusals`.
    """
    arguments = call.arguments
    arguments.ignore(*_SILENT)
    for name, neutral in _NEUTRAL.items():
        if name not in own:
            _expect_neutral(call, name, neutral)
    for name in LEFT_OUT:
        _left_out(call, name)
    _own_dates(call)
    _past(call)
    call.ignored += [name for name in sorted(_IGNORED) if arguments.find(name) is not None]
    return Options(
        retries=_retries(call),
        retry_delay=call.attempt(lambda: _delay(call), None),
        timeout=call.attempt(lambda: _seconds(call, "execution_timeout"), None),
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


def _retries(call: Call) -> Value | None:
    retries = call.attempt(lambda: _carried(call, "retries"), None)
    if isinstance(retries, Const) and isinstance(retries.value, (str, float)):
        # Airflow makes a whole number of it.
        retries = Const(value=int(retries.value)) if _is_whole(retries.value) else retries
        if isinstance(retries.value, str):
            call.refuse(*reason("wrong value", argument="retries", value=repr(retries.value)))
    return None if retries in (Const(value=0), Const(value=None)) or _zero(retries) else retries


def _is_whole(value: str | float) -> bool:
    return isinstance(value, float) or value.strip().isdigit()


def _delay(call: Call) -> Value | None:
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


def _past(call: Call) -> None:
    """Options that ask for the run before: a flow run knows nothing of it."""
    for name in _OF_THE_PAST:
        found = call.arguments.find(name)
        if found is None:
            continue
        try:
            if not call.arguments.fold(found):
                continue
        except Impossible:
            pass
        call.tell("run before", argument=name)


def _zero(value: Value | None) -> bool:
    return isinstance(value, Const) and not value.value


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
        if call.arguments.fold(found) in (*_QUIET.get(name, ()), [], {}):
            return
    except Impossible:
        pass
    call.tell("limit" if name in LIMITS else "description of a task", argument=name)


def _own_dates(call: Call) -> None:
    """Airflow makes no run of a task outside the task's own dates; `default_args` speak for the DAG."""
    for name in ("start_date", "end_date"):
        if name in call.arguments.given:
            call.tell("own dates", argument=name)


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
    rule = _OLD_RULES.get(rule, rule)
    if rule not in RULES:
        raise Refused(*reason("trigger rule", rule=rule))
    return rule
