"""What random DAGs are made of: rules, dates, values and templates."""

from __future__ import annotations

RULES = (
    "all_success",
    "all_failed",
    "all_done",
    "all_skipped",
    "one_success",
    "one_failed",
    "one_done",
    "none_failed",
    "none_failed_min_one_success",
    "none_skipped",
    "always",
)
#: Rules of Airflow 3 only.
NEW_RULES = ("all_done_min_one_success",)
#: Rules that may start a task before all its upstreams have ended.
EARLY = ("one_success", "one_failed", "one_done", "always")
KINDS = ("python", "taskflow")
DATES = (
    "2024-03-05T00:00:00+00:00",
    "2024-02-29T12:34:56+00:00",
    "2025-01-01T00:00:00+00:00",
    "2024-10-27T01:30:00+00:00",
)
VALUES = (
    "1",
    "0",
    "2.5",
    "6.0",
    "'text'",
    "''",
    "'Zoë'",
    "True",
    "False",
    "[1, 2, 3]",
    "[]",
    "{'a': 1, 'b': [2, {'c': None}]}",
    "{'a': 'x'}",
    "timedelta(minutes=3)",
    "None",
)
#: Values that are others when they have been stored.
CHANGED = (
    "(1, 'two')",
    "{1: 'one', 'two': 2}",
    "{3, 1, 2}",
    "datetime(2024, 5, 6, tzinfo=timezone.utc)",
)
TEMPLATES = (
    "{{ ds }}",
    "{{ ds_nodash }}",
    "{{ ts }}",
    "{{ ts_nodash }}",
    "{{ logical_date }}",
    "{{ logical_date.strftime('%d.%m.%Y') }}",
    "{{ data_interval_start }}",
    "{{ data_interval_end | ds }}",
    "{{ logical_date | ts }}",
    "{{ macros.ds_add(ds, 3) }}",
    "{{ macros.ds_format(ds, '%Y-%m-%d', '%m/%d') }}",
    "{{ (logical_date + macros.timedelta(days=1)) | ds_nodash }}",
    "{{ params.size }}",
    "{{ params.name | upper }}",
    "{{ dag_run.conf.get('limit', 'none') }}",
    "{{ ti.task_id }} {{ task.task_id }} {{ dag.dag_id }}",
    "{% if params.size > 2 %}large{% else %}small{% endif %}",
    "{% for n in range(params.size) %}{{ n }},{% endfor %}",
)
OLD_TEMPLATES = ("{{ execution_date }}", "{{ prev_ds }}", "{{ next_ds }}", "{{ yesterday_ds }}")
