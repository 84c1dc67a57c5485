"""Reads what a DAG says of itself: schedule, dates, params, tags, callbacks.

Everything that stands in the way is told at once. An argument that cannot be read costs that argument;
the DAG is given up as a whole only where its tasks would lack what they ask for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dagferry.constructs._base import Refused, Unread
from dagferry.constructs._option_names import LEFT_OUT, LIMITS
from dagferry.errors import Impossible
from dagferry.lowering import dag_arguments
from dagferry.lowering.header import Header, is_none
from dagferry.lowering.params import read_params
from dagferry.lowering.schedules import read_schedule
from dagferry.messages import reason
from dagferry.model.dag import Schedule
from dagferry.model.values import Code, Const, Value
from dagferry.source.abstract import Known, Table
from dagferry.source.arguments import Arguments
from dagferry.source.constants import Located
from dagferry.source.safe_templates import known_filters
from dagferry.syntax import grammar

# Limits that tasks take from `default_args`.
_TASK_LIMITS = LIMITS | {"end_date"}


def read_header(
    arguments: Arguments, version: int, line: int, made: list[Arguments] | None = None
) -> Header:
    """What the arguments of `DAG(...)` or `@dag(...)` say.

    `made` are the arguments of each of the DAGs that the call was seen to make, where there are
    several.
    """
    header = Header(dag_id=None, schedule=Schedule(kind="none"))
    header.dag_id = _value(arguments, "dag_id", header)
    _default_args(arguments, header)
    read_schedule(arguments, header, version, line, made or [])
    _texts(arguments, header, made or [])
    _limits(arguments, header, made or [])
    read_params(arguments, header)
    header.on_failure = _callbacks(arguments, header, "on_failure_callback")
    header.on_success = _callbacks(arguments, header, "on_success_callback")
    header.macros = _names_of_templates(arguments, header, "user_defined_macros", frozenset())
    header.filters = _names_of_templates(arguments, header, "user_defined_filters", known_filters())
    _tell_rest(arguments, header)
    header.settled = [f.node for n, f in arguments.given.items() if _leaves_no_code(n, f, header)]
    return header


_KEPT_AS_CODE = (
    "on_failure_callback",
    "on_success_callback",
    "user_defined_macros",
    "user_defined_filters",
)


def _leaves_no_code(name: str, found: Located, header: Header) -> bool:
    """Whether the flow has an argument as a value, or not at all."""
    if found.value is None:
        return False
    if name in {"dag_id", "doc_md", "params", *_KEPT_AS_CODE}:
        return isinstance(found.value, Known)
    return name not in {"schedule", "schedule_interval"} or header.schedule.kind != "code"


def _value(arguments: Arguments, name: str, header: Header) -> Value | None:
    """An argument as a value; one that cannot be carried over is told and left out."""
    try:
        return arguments.value(name)
    except Impossible:
        header.tell("computed argument of a DAG", arguments.find(name), argument=name)
        return None


def _default_args(arguments: Arguments, header: Header) -> None:
    found = arguments.find("default_args")
    if found is None or is_none(arguments, found):
        return
    header.defaults, header.defaults_node = _own_code(arguments, found), found.node
    try:
        header.default_args = arguments.items(found)
    except Impossible:
        _unread_defaults(header, found)
        return
    _say_left_out(header.default_args, arguments, header)


def _unread_defaults(header: Header, found: Located) -> None:
    """The flow applies what it can name when it runs; a task that takes none of it there is a stub."""
    header.unread_defaults = Unread(*reason("computed defaults"))
    if header.defaults is None:
        header.unread_defaults = Refused(*reason("task with computed defaults"))
        header.tell("unread defaults", found)


def _own_code(arguments: Arguments, found: Located) -> Code | None:
    """The expression of `default_args`, where it stands in the DAG's own module."""
    try:
        value = arguments.as_value(found)
    except Impossible:
        return None
    return value if isinstance(value, Code) else None


def _say_left_out(items: Mapping[str, Located], arguments: Arguments, header: Header) -> None:
    """Name what is in `default_args` and changes nothing of what a flow does, once for all tasks."""
    told = [n for n in items if n in LEFT_OUT and not _neutral(arguments, items[n], n)]
    limits = [n for n in items if n in _TASK_LIMITS and not _neutral(arguments, items[n], n)]
    telling = [name for name in told if name not in limits]
    if telling:
        what = ", ".join(f"`{name}`" for name in telling)
        header.tell("defaults without a counterpart", items[telling[0]], names=what)
    for name in limits:
        header.tell("limit in defaults", items[name], argument=name)


def _texts(arguments: Arguments, header: Header, made: list[Arguments]) -> None:
    header.doc = _value(arguments, "doc_md", header)
    description = _settled(arguments, header, "description", made)
    header.description = Const(value=str(description)) if description else None
    header.tags = tuple(str(tag) for tag in _settled(arguments, header, "tags", made) or ())


def _limits(arguments: Arguments, header: Header, made: list[Arguments]) -> None:
    for name in dag_arguments.LIMITS:
        found = arguments.find(name)
        if found is not None and not _neutral(arguments, found, name):
            header.tell("limit", found, argument=name)
    for name in dag_arguments.ADVISORY:
        found = arguments.find(name)
        if found is not None and not _neutral(arguments, found, name):
            header.tell("description of a DAG", found, argument=name)
    header.max_active_runs = _settled(arguments, header, "max_active_runs", made)
    header.paused = bool(_settled(arguments, header, "is_paused_upon_creation", made))
    _timeout(arguments, header)


def _settled(arguments: Arguments, header: Header, name: str, made: list[Arguments]) -> Any:
    """What a deployment has of an argument; a run's own value of it would be lost."""
    try:
        return arguments.const(name)
    except Impossible:
        pass
    try:
        # Each DAG of a factory has its own, and its deployment has it.
        for one in made:
            one.const(name)
        unknown = not made
    except Impossible:
        unknown = True
    if unknown:
        describes = name in {"description", "tags"}
        kind = "computed description" if describes else "computed limit"
        header.tell(kind, arguments.find(name), argument=name)
    return None


def _timeout(arguments: Arguments, header: Header) -> None:
    try:
        seconds = arguments.seconds("dagrun_timeout")
    except Impossible:
        name = "dagrun_timeout"
        header.tell("computed argument of a DAG", arguments.find(name), argument=name)
        return
    if isinstance(seconds, Const) and isinstance(seconds.value, (int, float)):
        header.timeout = seconds.value


def _callbacks(arguments: Arguments, header: Header, name: str) -> tuple[Code, ...]:
    found = arguments.find(name)
    if found is None or is_none(arguments, found):
        return ()
    nodes = (
        found.node.elts if isinstance(found.node, (grammar.List, grammar.Tuple)) else [found.node]
    )
    places = [Located(node, found.module, None, found.spelled) for node in nodes]
    try:
        values = [arguments.as_value(place) for place in places]
    except Impossible:
        header.tell("callback of a DAG", found, argument=name)
        return ()
    return tuple(value for value in values if isinstance(value, Code))


def _names_of_templates(
    arguments: Arguments, header: Header, name: str, taken: frozenset[str]
) -> Code | None:
    """A dict of what templates may name; one that hides a name which is `taken` is told."""
    found = arguments.find(name)
    if found is None or _neutral(arguments, found, name):
        return None
    code, names = _own_code(arguments, found), found.value
    known = isinstance(names, Table) and names.exact and taken.isdisjoint(names.items)
    if code is None or not known:
        header.tell("argument of a DAG", found, argument=name)
        return None
    return code


def _tell_rest(arguments: Arguments, header: Header) -> None:
    for name in dag_arguments.REQUIRED:
        found = arguments.find(name)
        if found is not None and not _neutral(arguments, found, name):
            header.tell("argument of a DAG", found, argument=name)
    if arguments.spread:
        place = Located(arguments.call, arguments.module)
        header.tell("spread arguments of a DAG", place)
    for name in arguments.leftover:
        header.tell("argument of a DAG", arguments.find(name), argument=name)


_QUIET: dict[str, tuple[Any, ...]] = {
    "pool": ("default_pool",),
    "pool_slots": (1,),
    "auto_register": (True,),
    "email_on_failure": (),
}


def _neutral(arguments: Arguments, found: Located, name: str = "") -> bool:
    try:
        value: Any = arguments.fold(found)
    except Impossible:
        return False
    return value in (None, False, [], {}, *_QUIET.get(name, ()))
