"""Reads what a DAG says of itself: schedule, dates, params, tags, callbacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dagferry.constructs._base import Refused
from dagferry.constructs._options import LEFT_OUT
from dagferry.errors import Impossible
from dagferry.findings import ADVISORY, REQUIRED, Finding
from dagferry.lowering.reserved_names import BY_PREFECT
from dagferry.lowering.schedules import read_schedule
from dagferry.model.dag import Param, Schedule
from dagferry.model.values import Code, Const, Value
from dagferry.source.arguments import Arguments
from dagferry.source.constants import Located
from dagferry.source.project import ParsedModule, SourceProject
from dagferry.source.scope import qualified
from dagferry.syntax import grammar

# The two that pydantic's models have themselves: `prefect.flows.Flow.validate_parameters` (3.8.8).
_NO_PARAMETERS = BY_PREFECT | {"logical_date", "model_config", "model_dump"}
_LEFT_OUT = (
    "default_view",
    "orientation",
    "dag_display_name",
    "owner_links",
    "is_paused_upon_creation",
    "auto_register",
    "full_filepath",
    "access_control",
    "disable_bundle_versioning",
    "rerun_with_latest_version",
    "concurrency",
    "max_active_tasks",
    "max_consecutive_failed_dag_runs",
    "sla_miss_callback",
)
_UNSUPPORTED = [
    "template_undefined",
    "template_searchpath",
    "user_defined_macros",
    "user_defined_filters",
    "jinja_environment_kwargs",
    "on_success_callback",
    "end_date",
    "fail_stop",
    "fail_fast",
    "render_template_as_native_obj",
    "deadline",
    "allowed_run_types",
]
_PARAMS = frozenset({"airflow.models.param.Param", "airflow.sdk.Param", "airflow.models.Param"})


@dataclass
class Header:
    """What a DAG says of itself, with the findings on the way."""

    dag_id: Value | None
    schedule: Schedule
    default_args: dict[str, Located] = field(default_factory=dict)
    description: Value | None = None
    doc: Value | None = None
    tags: tuple[str, ...] = ()
    max_active_runs: int | None = None
    timeout: float | int | None = None
    params: tuple[Param, ...] = ()
    on_failure: tuple[Code, ...] = ()
    catchup: bool = False
    findings: list[Finding] = field(default_factory=list)


def read_header(
    call: grammar.Expression,
    module: ParsedModule,
    project: SourceProject,
    version: int,
    made: Sequence[object] = (),
) -> Header:
    """The arguments of `DAG(...)` or `@dag(...)`. Raises Refused for what would change a run.

    `made` are the schedules of the DAGs that the call was seen to make, when all are known.
    """
    if not isinstance(call, grammar.Call):
        call = grammar.in_place_of(call, grammar.Call(func=call, args=[], keywords=[]))
    arguments = Arguments(_with_names(call), {}, module, project)
    line = call.line
    header = Header(dag_id=_value(arguments, "dag_id"), schedule=Schedule(kind="none"))
    _default_args(arguments, header)
    read_schedule(arguments, header, version, line, made)
    _texts(arguments, header)
    _limits(arguments, header)
    _params(arguments, header)
    header.on_failure = _callbacks(arguments)
    _refuse_rest(arguments)
    return header


def header_id(
    call: grammar.Expression, module: ParsedModule, project: SourceProject
) -> Value | None:
    """The id of a DAG whose header is refused, as far as it can be read."""
    if not isinstance(call, grammar.Call):
        return None
    try:
        return Arguments(_with_names(call), {}, module, project).value("dag_id")
    except (Refused, Impossible):
        return None


def _with_names(call: grammar.Call) -> grammar.Call:
    """The call with its positional arguments named (`DAG(dag_id, description, schedule)`)."""
    if not call.args:
        return call
    names = ("dag_id", "description", "schedule")
    if len(call.args) > len(names) or any(isinstance(a, grammar.Starred) for a in call.args):
        raise Refused("DF207", "positional arguments of the DAG")
    named = [grammar.Keyword(arg=n, value=v) for n, v in zip(names, call.args)]
    return grammar.in_place_of(
        call, grammar.Call(func=call.func, args=[], keywords=[*named, *call.keywords])
    )


def _value(arguments: Arguments, name: str) -> Value | None:
    try:
        return arguments.value(name)
    except Impossible:
        raise Refused("DF207", f"the value of `{name}`") from None


def _default_args(arguments: Arguments, header: Header) -> None:
    found = arguments.find("default_args")
    if found is None or (isinstance(found.node, grammar.Constant) and found.node.value is None):
        return
    try:
        header.default_args = arguments.items(found)
    except Impossible:
        raise Refused("DF305", "`default_args`") from None
    _say_left_out(header.default_args, arguments, header)


def _say_left_out(items: Mapping[str, Located], arguments: Arguments, header: Header) -> None:
    """Name what is in `default_args` and changes nothing of what a flow does, once for all tasks."""
    telling = [n for n in items if n in LEFT_OUT and not _neutral(arguments, items[n])]
    if telling:
        what = ", ".join(f"`{name}`" for name in telling)
        message = f"left out of `default_args`, without a counterpart: {what}"
        header.findings.append(_note("DF206", message, items[telling[0]]))
    end = items.get("end_date")
    if end is not None and not _neutral(arguments, end):
        message = "`end_date` of `default_args` was left out: the schedule has no end"
        header.findings.append(_note("DF206", message, end, REQUIRED))


def _texts(arguments: Arguments, header: Header) -> None:
    header.description = _value(arguments, "description")
    header.doc = _value(arguments, "doc_md")
    found = arguments.find("tags")
    if found is not None:
        try:
            header.tags = tuple(str(tag) for tag in arguments.fold(found) or ())
        except Impossible:
            header.findings.append(_note("DF206", "`tags` are computed and were left out", found))


def _limits(arguments: Arguments, header: Header) -> None:
    for name in _LEFT_OUT:
        found = arguments.find(name)
        if found is not None:
            header.findings.append(_note("DF206", f"`{name}` has no counterpart", found))
    try:
        header.max_active_runs = arguments.const("max_active_runs")
    except Impossible:
        found = arguments.find("max_active_runs")
        header.findings.append(_note("DF206", "`max_active_runs` is computed", found))
    try:
        seconds = arguments.seconds("dagrun_timeout")
    except Impossible:
        raise Refused("DF207", "the value of `dagrun_timeout`") from None
    if isinstance(seconds, Const) and isinstance(seconds.value, (int, float)):
        header.timeout = seconds.value


def _params(arguments: Arguments, header: Header) -> None:
    found = arguments.find("params")
    if found is None or (isinstance(found.node, grammar.Constant) and found.node.value is None):
        return
    try:
        items = arguments.items(found)
    except Impossible:
        raise Refused("DF207", "`params` that are computed") from None
    header.params = tuple(_param(name, item, arguments, header) for name, item in items.items())


def _param(name: str, found: Located, arguments: Arguments, header: Header) -> Param:
    if not name.isidentifier() or name.startswith("_") or name in _NO_PARAMETERS:
        raise Refused("DF207", f"the param `{name}`, which cannot be a parameter of a flow")
    node = found.node
    if isinstance(node, grammar.Call) and qualified(node.func, found.module.imports) in _PARAMS:
        named = {k.arg: k.value for k in node.keywords}
        default = node.args[0] if node.args else named.pop("default", None)
        if set(named) - {"description", "title"}:
            message = f"the validation of param `{name}` was left out"
            header.findings.append(_note("DF208", message, found))
        if default is None:
            raise Refused("DF207", f"the param `{name}`, which has no default")
        found = Located(default, found.module)
    try:
        return Param(name=name, default=arguments.as_value(found))
    except Impossible:
        raise Refused("DF207", f"the default of the param `{name}`") from None


def _callbacks(arguments: Arguments) -> tuple[Code, ...]:
    found = arguments.find("on_failure_callback")
    if found is None or (isinstance(found.node, grammar.Constant) and found.node.value is None):
        return ()
    nodes = (
        found.node.elts if isinstance(found.node, (grammar.List, grammar.Tuple)) else [found.node]
    )
    values = [arguments.as_value(Located(node, found.module)) for node in nodes]
    return tuple(value for value in values if isinstance(value, Code))


def _refuse_rest(arguments: Arguments) -> None:
    for name in _UNSUPPORTED:
        found = arguments.find(name)
        if found is not None and not _neutral(arguments, found):
            raise Refused("DF207", f"the DAG argument `{name}`")
    if arguments.spread:
        raise Refused("DF207", "DAG arguments spread with `**`")
    if arguments.leftover:
        raise Refused("DF207", f"the DAG argument `{arguments.leftover[0]}`")


def _neutral(arguments: Arguments, found: Located) -> bool:
    try:
        value: Any = arguments.fold(found)
    except Impossible:
        return False
    return value in (None, False, [], {})


def _note(code: str, message: str, found: Located | None, severity: str = ADVISORY) -> Finding:
    line = found.node.line if found is not None else 0
    column = found.node.column if found is not None else 0
    return Finding(code=code, message=message, severity=severity, line=line, column=column)
