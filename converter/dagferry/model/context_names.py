"""The names of Airflow's template context, which callables take by parameter name.

Source: https://airflow.apache.org/docs/apache-airflow/stable/templates-ref.html, and the context keys
observed in Airflow 2.11.2 and 3.3.2.
"""

from __future__ import annotations

TASK_INSTANCE = frozenset({"ti", "task_instance"})
DATES = frozenset(
    [
        "ds",
        "ds_nodash",
        "ts",
        "ts_nodash",
        "ts_nodash_with_tz",
        "logical_date",
        "execution_date",
        "data_interval_start",
        "data_interval_end",
        "prev_ds",
        "prev_ds_nodash",
        "next_ds",
        "next_ds_nodash",
        "yesterday_ds",
        "yesterday_ds_nodash",
        "tomorrow_ds",
        "tomorrow_ds_nodash",
        "prev_execution_date",
        "next_execution_date",
        "run_id",
    ]
)
# Names that Airflow 3 removed: in its templates they are undefined, and callables keep their defaults.
ONLY_AIRFLOW_2 = frozenset(
    [
        "execution_date",
        "prev_ds",
        "prev_ds_nodash",
        "next_ds",
        "next_ds_nodash",
        "yesterday_ds",
        "yesterday_ds_nodash",
        "tomorrow_ds",
        "tomorrow_ds_nodash",
        "prev_execution_date",
        "next_execution_date",
    ]
)
RUN = frozenset({"params", "dag_run", "macros", "var"}) | DATES
OTHER = frozenset(
    [
        "conf",
        "conn",
        "dag",
        "exception",
        "expanded_ti_count",
        "inlet_events",
        "inlets",
        "map_index_template",
        "outlet_events",
        "outlets",
        "prev_data_interval_end_success",
        "prev_data_interval_start_success",
        "prev_end_date_success",
        "prev_execution_date_success",
        "prev_start_date_success",
        "reason",
        "task",
        "task_instance_key_str",
        "templates_dict",
        "test_mode",
        "triggering_dataset_events",
        "triggering_asset_events",
        "try_number",
    ]
)
CONTEXT = RUN | TASK_INSTANCE | OTHER
# In files for Airflow 2 a parameter of such a name is an argument of the user's.
ONLY_AIRFLOW_3 = frozenset(
    [
        "asset_state_store",
        "partition_date",
        "partition_key",
        "task_reschedule_count",
        "task_state_store",
    ]
)

# What the helper's context does not have: a body that asks for one of these cannot be converted.
UNAVAILABLE = (OTHER | ONLY_AIRFLOW_3) - {"task", "task_instance_key_str", "templates_dict"}
# What the context of a task that runs does not hold: a parameter of that name keeps its default.
ONLY_SOMETIMES = frozenset({"exception", "reason", "try_number"})
