"""The arguments that Airflow knows, each with a value that means something."""

from __future__ import annotations

from dagferry.constructs._signatures import signatures

SIGNATURES = signatures()
# As source; what is not here gets a string.
VALUES = {
    "allow_nested_operators": "False",
    "append_env": "True",
    "default_args": '{"retries": 7}',
    "depends_on_past": "True",
    "do_xcom_push": "False",
    "doc_json": '{"a": 1}',
    "email_on_failure": "True",
    "email_on_retry": "True",
    "end_date": "__import__('datetime').datetime(2031, 1, 1)",
    "env": '{"A": "b"}',
    "execution_timeout": "__import__('datetime').timedelta(seconds=77)",
    "executor_config": '{"a": 1}',
    "ignore_first_depends_on_past": "True",
    "inlets": '["table"]',
    "max_active_tis_per_dag": "3",
    "max_active_tis_per_dagrun": "3",
    "max_retry_delay": "77",
    "multiple_outputs": "True",
    "on_execute_callback": "print",
    "on_failure_callback": "print",
    "on_retry_callback": "print",
    "on_skipped_callback": "print",
    "on_success_callback": "print",
    "op_args": "[77]",
    "op_kwargs": '{"seventy": 77}',
    "outlets": '["table"]',
    "output_encoding": '"latin-1"',
    "output_processor": "str.strip",
    "params": '{"a": 1}',
    "pool_slots": "3",
    "post_execute": "print",
    "pre_execute": "print",
    "priority_weight": "77",
    "render_template_as_native_obj": "True",
    "resources": '{"cpus": 7}',
    "retries": "77",
    "retry_delay": "77",
    "retry_exponential_backoff": "True",
    "retry_policy": "print",
    "show_return_value_in_logs": "False",
    "skip_exit_code": "77",
    "skip_on_exit_code": "77",
    "sla": "__import__('datetime').timedelta(seconds=77)",
    "start_date": "__import__('datetime').datetime(2023, 1, 1)",
    "task_concurrency": "3",
    "templates_dict": '{"seventy": "77"}',
    "templates_exts": '[".sql"]',
    "trigger_rule": '"all_done"',
    "wait_for_downstream": "True",
    "wait_for_past_depends_before_skipping": "True",
    "weight_rule": '"upstream"',
}
# What says nothing alone, and where what it belongs to is told or taken up.
SAY_NOTHING = {
    "allow_nested_operators": "an operator may not run another; none does",
    "dag": "the DAG that the task is made in",
    "ignore_first_depends_on_past": "nothing without `depends_on_past`",
    "max_retry_delay": "nothing without `retry_exponential_backoff`",
    "retry_delay": "nothing without `retries`",
    "retry_exponential_backoff": "nothing without `retries`",
    "task_group": "the group that the task is made in",
    "show_return_value_in_logs": "what the log of a task shows",
    "task_id": "the task's name",
}


def value_of(name: str) -> str:
    """A value for an argument, as source."""
    return VALUES.get(name, '"seventy-seven"')
