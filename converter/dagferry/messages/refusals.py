"""Why a task or a DAG becomes a stub: the subjects of "no conversion for ...", as noun phrases.

What only one construct can meet stands with that construct, so that a feature stays one file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalKind:
    """How refusals of one kind read. A subject that ends in an apposition ends in its comma.

    `cause` is what the findings have in common; where it is empty the subject is.
    """

    code: str
    subject: str
    cause: str = ""
    samples: tuple[Mapping[str, str], ...] = (MappingProxyType({}),)


class Reason(NamedTuple):
    """One refusal: the finding's code, what was met, and what it has in common with others."""

    code: str
    subject: str
    cause: str


REFUSALS: Mapping[str, RefusalKind] = {
    "computed params": RefusalKind(code="DF207", subject="`params` that only a run knows"),
    "name of a param": RefusalKind(
        code="DF207",
        subject="the param `{param}`, which cannot be a parameter of a flow",
        cause="params that cannot be parameters of a flow",
        samples=({"param": "wait-for"},),
    ),
    "param without a default": RefusalKind(
        code="DF207",
        subject="the param `{param}`, which has no default",
        cause="params without a default",
        samples=({"param": "day"},),
    ),
    "default of a param": RefusalKind(
        code="DF207",
        subject="the default of the param `{param}`",
        cause="defaults of params that cannot be read",
        samples=({"param": "day"},),
    ),
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
}


def reason(kind: str, **subjects: object) -> Reason:
    """A refusal of a kind. Raises KeyError for a kind that is not there, or a subject that is not given."""
    wording = REFUSALS[kind]
    subject = wording.subject.format(**subjects)
    return Reason(wording.code, subject, wording.cause.format(**subjects))
