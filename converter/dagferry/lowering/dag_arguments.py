"""The arguments of a DAG: what is done with each, and what they were where the code makes the DAG.

Airflow: https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html
Every argument of `DAG` and `@dag` of Airflow 2.11.2 and 3.3.2 stands in exactly one of the lists.
"""

from __future__ import annotations

from collections.abc import Sequence

from dagferry.source.abstract import Builder, Origin, Scope, Table
from dagferry.source.arguments import Arguments
from dagferry.source.constants import Located
from dagferry.source.followed_values import keeps_its_meaning
from dagferry.source.merging import combined
from dagferry.source.project import ParsedModule, SourceProject
from dagferry.syntax import grammar

# What the flow or its deployment has, each with a reader of its own.
CARRIED = (
    "dag_id",
    "description",
    "schedule",
    "schedule_interval",
    "timetable",
    "start_date",
    "default_args",
    "params",
    "tags",
    "catchup",
    "max_active_runs",
    "dagrun_timeout",
    "doc_md",
    "on_failure_callback",
    "on_success_callback",
    "user_defined_macros",
    "user_defined_filters",
    "is_paused_upon_creation",
)
# What each deployment has of its own, where a function makes DAGs that differ in it.
OF_DEPLOYMENTS = frozenset({"description", "tags", "max_active_runs", "is_paused_upon_creation"})
# What only says how Airflow shows the DAG or keeps it; the reader is told.
ADVISORY = (
    "default_view",
    "orientation",
    "dag_display_name",
    "owner_links",
    "auto_register",
    "full_filepath",
    "access_control",
    "disable_bundle_versioning",
    "rerun_with_latest_version",
)
# What limits how much runs at once, or for how long: DF209.
LIMITS = ("concurrency", "max_active_tasks", "max_consecutive_failed_dag_runs", "end_date")
# What changes what a run does, and has no conversion: DF207.
REQUIRED = (
    "sla_miss_callback",
    "template_undefined",
    "template_searchpath",
    "jinja_environment_kwargs",
    "render_template_as_native_obj",
    "fail_stop",
    "fail_fast",
    "deadline",
    "allowed_run_types",
    "task_group",
)


def site_arguments(
    call: grammar.Expression,
    builders: Sequence[Builder],
    module: ParsedModule,
    project: SourceProject,
) -> Arguments:
    """What is known of the arguments whenever the call makes a DAG."""
    made = [one.arguments for one in builders if one.arguments is not None]
    if not made:
        return _as_written(call, module, project)
    arguments = _ledger(call, combined(made), module, project)
    partly = {key for one in made for key in one.items if any(key not in t.items for t in made)}
    arguments.spread = not all(one.exact for one in made) or not partly <= OF_DEPLOYMENTS
    return arguments


def dag_arguments(
    call: grammar.Expression, builder: Builder, module: ParsedModule, project: SourceProject
) -> Arguments:
    """The arguments of one of the DAGs that the call makes."""
    if builder.arguments is None:
        return _as_written(call, module, project)
    return _ledger(call, builder.arguments, module, project)


def _ledger(
    call: grammar.Expression, table: Table, module: ParsedModule, project: SourceProject
) -> Arguments:
    arguments = Arguments(_bare(call), {}, module, project)
    arguments.spread = not table.exact
    whole = Located(call, module)
    for name, value in table.items.items():
        origin = table.origins.get(name) or Origin(call, Scope(module))
        spelled = name in table.origins and keeps_its_meaning(origin, whole)
        arguments.given[str(name)] = Located(origin.node, origin.scope.module, value, spelled)
    return arguments


def _as_written(
    call: grammar.Expression, module: ParsedModule, project: SourceProject
) -> Arguments:
    """The arguments of a call that nothing was seen to evaluate."""
    bare = _bare(call)
    if isinstance(call, grammar.Call):
        names = ("dag_id", "description", "schedule")
        placed = [grammar.Keyword(arg=n, value=v) for n, v in zip(names, call.args)]
        plain = len(call.args) <= len(names) and not any(
            isinstance(argument, grammar.Starred) for argument in call.args
        )
        spread = [] if plain else [grammar.Keyword(arg=None, value=call)]
        keywords = [*(placed if plain else []), *call.keywords, *spread]
        bare = grammar.in_place_of(call, grammar.Call(func=call.func, args=[], keywords=keywords))
    return Arguments(bare, {}, module, project)


def _bare(call: grammar.Expression) -> grammar.Call:
    function = call.func if isinstance(call, grammar.Call) else call
    return grammar.in_place_of(call, grammar.Call(func=function, args=[], keywords=[]))
