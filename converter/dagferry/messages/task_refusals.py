"""Why a task becomes a stub.

The subjects of "no conversion for ...", as noun phrases. What only one construct can meet stands with that
construct, so that a feature stays one file.
"""

from __future__ import annotations

from collections.abc import Mapping

from dagferry.messages.kinds import RefusalKind

TASK_REFUSALS: Mapping[str, RefusalKind] = {
    "argument": RefusalKind(
        code="DF301", subject="the argument `{argument}`", samples=({"argument": "outlets"},)
    ),
    "argument in defaults": RefusalKind(
        code="DF301",
        subject="the argument `{argument}` of `default_args`",
        samples=({"argument": "outlets"},),
    ),
    "value": RefusalKind(
        code="DF303",
        subject="the value of `{argument}`",
        samples=({"argument": "retries"}, {"argument": "on_failure_callback"}),
    ),
    "wrong value": RefusalKind(
        code="DF303",
        subject="`{argument}={value}`",
        samples=({"argument": "retries", "value": "'many'"},),
    ),
    "spread arguments": RefusalKind(code="DF303", subject="arguments spread with `**`"),
    "growing delays of unknown length": RefusalKind(
        code="DF303", subject="`retry_exponential_backoff` with `retries` that only a run knows"
    ),
    "callback of another module": RefusalKind(
        code="DF303",
        subject="`{argument}`, computed by another module,",
        samples=({"argument": "on_failure_callback"},),
    ),
    "callback that is no function": RefusalKind(
        code="DF303",
        subject="`{argument}`, which is no function,",
        samples=({"argument": "on_failure_callback"},),
    ),
    "trigger rule": RefusalKind(
        code="DF304", subject="the trigger rule `{rule}`", samples=({"rule": "none_done"},)
    ),
    "reserved argument": RefusalKind(
        code="DF303",
        subject="an argument named `{name}`",
        samples=({"name": "wait_for"}, {"name": "unique"}),
    ),
    "reserved parameter": RefusalKind(
        code="DF303",
        subject="a function with a parameter named `{name}`",
        samples=({"name": "wait_for"},),
    ),
    "computed defaults": RefusalKind(code="DF305", subject="`default_args` that are computed"),
    "task with computed defaults": RefusalKind(
        code="DF305", subject="a task whose `default_args` are computed"
    ),
    "groups with different defaults": RefusalKind(
        code="DF306", subject="a call in groups with different `default_args`"
    ),
    "DAGs with different defaults": RefusalKind(
        code="DF306", subject="a helper that DAGs with different `default_args` call"
    ),
    "no callable": RefusalKind(code="DF404", subject="an operator without `python_callable`"),
    "computed callable": RefusalKind(code="DF404", subject="a callable that is computed"),
    "builtin": RefusalKind(code="DF404", subject="a builtin as the callable"),
    "callable of another module": RefusalKind(
        code="DF404", subject="a callable that another module's arguments name"
    ),
    "generator": RefusalKind(
        code="DF411",
        subject="`{function}`, a generator,",
        cause="a generator as the callable of a task",
        samples=({"function": "rows"},),
    ),
    "generator lambda": RefusalKind(
        code="DF411",
        subject="a lambda with `yield`",
        cause="a generator as the callable of a task",
    ),
    "result without keys": RefusalKind(
        code="DF412",
        subject="{result}, returned with `multiple_outputs`,",
        cause="results that `multiple_outputs` cannot split",
        samples=({"result": "a list"}, {"result": "a dict with keys that are not strings"}),
    ),
    "coroutine": RefusalKind(
        code="DF413",
        subject="`{function}`, an `async def` that Airflow 2 does not await,",
        cause="an `async def` that Airflow 2 does not await",
        samples=({"function": "load"},),
    ),
    "positional arguments": RefusalKind(
        code="DF303", subject="positional arguments of an operator"
    ),
    "name in an argument": RefusalKind(
        code="DF303",
        subject="an argument with `{name}`",
        samples=({"name": "Dataset"}, {"name": "Asset"}),
    ),
    "defaults without a name": RefusalKind(
        code="DF305", subject="a task whose `default_args` the flow has no name for"
    ),
    "group with computed defaults": RefusalKind(
        code="DF305", subject="a task whose group's `default_args` are computed"
    ),
    "task inside and outside of DAGs": RefusalKind(
        code="DF306", subject="a task that is made inside of DAGs and outside of them"
    ),
    "several task functions": RefusalKind(
        code="DF404", subject="a call of one of several task functions"
    ),
    "override in another place": RefusalKind(
        code="DF404", subject="a task function with `.override(...)` in another place"
    ),
    "unknown task function": RefusalKind(
        code="DF404", subject="a task function that cannot be found"
    ),
    "result that is taken apart": RefusalKind(
        code="DF407", subject="a result that is taken apart without `multiple_outputs`"
    ),
    "decorator": RefusalKind(
        code="DF701", subject="`@{name}`", samples=({"name": "task.virtualenv"},)
    ),
    "mapping": RefusalKind(code="DF701", subject="dynamic task mapping"),
    "operator of Airflow": RefusalKind(
        code="DF710", subject="{name}", samples=({"name": "FileSensor"}, {"name": "setup"})
    ),
    "other operator": RefusalKind(
        code="DF711",
        subject="`{name}`, an operator of your own or of another package,",
        samples=({"name": "LoadOperator"},),
    ),
    "fault": RefusalKind(
        code="DF901",
        subject="a fault of dagferry's own: {error}",
        cause="a fault of dagferry's own",
        samples=({"error": "KeyError: 'x'"},),
    ),
}
