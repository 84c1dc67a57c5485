"""Writes the options that every task may have: retries, time-outs, callbacks."""

from __future__ import annotations

from dagferry.build.nodes import Listed, Named, Node, Raw, literal
from dagferry.constructs._retries import AIRFLOW_RETRY_DELAY
from dagferry.emission.values import ValueWriter
from dagferry.model.task import Options
from dagferry.model.values import Const


def prefect_options(options: Options, values: ValueWriter, *, final: bool) -> list[Node]:
    """Options as keyword arguments of `@task`; `final`: the body may raise what is never tried again."""
    nodes: list[Node] = []
    if options.retries is not None:
        delay = options.retry_delay or Const(value=AIRFLOW_RETRY_DELAY)
        nodes.append(Named("retries", values.value(options.retries)))
        nodes.append(Named("retry_delay_seconds", values.value(delay)))
        if final:
            word = Raw(values.requests.helper("retry_unless_final"))
            nodes.append(Named("retry_condition_fn", word))
    if options.timeout is not None:
        nodes.append(Named("timeout_seconds", values.value(options.timeout)))
    if options.on_failure:
        nodes.append(Named("on_failure", values.hooks(options.on_failure)))
    if options.on_success:
        nodes.append(Named("on_completion", values.hooks(options.on_success, "on_success")))
    if options.on_execute:
        nodes.append(Named("on_running", values.hooks(options.on_execute, "on_execute")))
    return nodes


def class_options(options: Options, values: ValueWriter) -> list[Node]:
    """Options as a class of the helper takes them: by Airflow's names, times in seconds."""
    plain = {
        "retries": options.retries,
        "retry_delay": options.retry_delay,
        "execution_timeout": options.timeout,
    }
    callbacks = {
        "on_failure_callback": options.on_failure,
        "on_success_callback": options.on_success,
        "on_execute_callback": options.on_execute,
    }
    found = [Named(name, values.value(one)) for name, one in plain.items() if one is not None]
    for name, listed in callbacks.items():
        if listed:
            found.append(Named(name, Listed(tuple(map(values.value, listed)))))
    if options.trigger_rule != "all_success":
        found.append(Named("trigger_rule", literal(options.trigger_rule)))
    if not options.keeps_result:
        found.append(Named("do_xcom_push", literal(False)))
    return [*found]
