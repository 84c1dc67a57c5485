"""The arguments that every operator of Airflow takes, by what becomes of them.

Airflow: https://airflow.apache.org/docs/apache-airflow/stable/_api/airflow/models/baseoperator/index.html
"""

from __future__ import annotations

from typing import Any

# Arguments that are taken up elsewhere, or that say nothing without one that is refused.
SILENT = [
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
NEUTRAL: dict[str, tuple[Any, ...]] = {
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
# Arguments of which nothing is told while they have these values.
QUIET: dict[str, tuple[Any, ...]] = {
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
OLD_RULES = {"dummy": "always", "none_failed_or_skipped": "none_failed_min_one_success"}
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
OF_THE_PAST = ("depends_on_past", "wait_for_downstream", "wait_for_past_depends_before_skipping")
# Arguments that a class of the helper takes only where the graph is told to ignore them.
IGNORED = LIMITS.union(OF_THE_PAST, {"end_date"})
