"""What random flows get on top: async bodies, hooks, task runners, transactions, tasks in tasks.

Each is put into a source that `flow_sources` made, by a chance of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

__all__ = ["widened"]

_HEAD = '''
import asyncio

from prefect.task_runners import ThreadPoolTaskRunner
from prefect.transactions import transaction


def heard(event):
    """A hook that notes what it was called for."""

    def hook(what, run, state):
        ran.append(f"{event} of {what.name}: {state.name} {type(run).__name__}")

    return hook


def undone(event):
    """A hook of a transaction."""

    def hook(txn):
        ran.append(f"{event} with {txn.get('n', None)}")

    return hook
'''
_DECORATOR = re.compile(r"@(task|flow)(?:\((.*)\))?\ndef (\w+)\(")
_CALL = re.compile(r"= (t\d+|cached\d+|sub\d+)\(")
_PLAIN_CALL = re.compile(r"^    (v\d+) = (?:await )?(?:t|cached)\d+\([^\n]*\)$", re.MULTILINE)


def widened(text: str, seed: int) -> str:
    """The source with more in it; the same for the same seed."""
    random = Random(f"wide {seed}")  # noqa: S311  # no secret
    head, marker, rest = text.partition("\n\n@task")
    body = marker.lstrip("\n") + rest
    for change, chance in _CHANGES:
        if random.random() < chance:
            body = change(body, random)
    return f"{head}\n{_HEAD}\n\n{body}"


def _with_options(body: str, choose: Callable[[str, str], list[str]]) -> str:
    """The decorators with more options; `choose` is given `task` or `flow`, and the name."""

    def decorated(m: re.Match[str]) -> str:
        options = [m[2]] if m[2] else []
        options += choose(m[1], m[3])
        return f"@{m[1]}({', '.join(options)})\ndef {m[3]}(" if options else m[0]

    return _DECORATOR.sub(decorated, body)


def _hooks(body: str, random: Random) -> str:
    events = ["on_completion", "on_failure", "on_running"]

    def choose(kind: str, _: str) -> list[str]:
        more = ["on_crashed", "on_cancellation"] if kind == "flow" else []
        return [f'{e}=[heard("{e}")]' for e in events + more if random.random() < 0.5]

    return _with_options(body, choose)


def _task_runner(body: str, random: Random) -> str:
    runner = f"task_runner=ThreadPoolTaskRunner(max_workers={random.randint(1, 3)})"
    return _with_options(body, lambda kind, _: [runner] if kind == "flow" else [])


def _rollback(body: str, random: Random) -> str:
    """Hooks of transactions, and some calls in a transaction, which may be undone."""
    hooks = [
        f'{name}.on_{event}(undone("{event} of {name}"))'
        for name in re.findall(r"^def ((?:t|cached)\d+)\(", body, re.MULTILINE)
        for event in ("commit", "rollback")
        if random.random() < 0.6
    ]
    tasks, flows = body[: body.index("\n@flow")], body[body.index("\n@flow") :]

    def wrapped(m: re.Match[str]) -> str:
        if random.random() < 0.4:
            return m[0]
        lines = [
            "    try:",
            "        with transaction() as txn:",
            f"            txn.set('n', {random.randint(1, 9)})",
            f"            {m[0].strip()}",
        ]
        if random.random() < 0.5:
            lines.append('            raise ValueError("undo")')
        lines += ["    except Exception as error:", '        note("undone", error)']
        return "\n".join([*lines, f"        {m[1]} = -2"])  # the name is there in any case

    return "\n".join([tasks, *hooks, "", _PLAIN_CALL.sub(wrapped, flows)])


def _tasks_in_tasks(body: str, random: Random) -> str:
    """Some tasks call the first one, if results of it are not kept."""
    names = re.findall(r"^def (t\d+)\(", body, re.MULTILINE)
    for name in names[1:]:
        if random.random() < 0.5:
            start = re.compile(rf"(def {name}\(a, b=0\):\n    count = saw\([^\n]*\)\n)")
            body = start.sub(rf"\1    inner = {names[0]}(a)\n    b = number(inner)\n", body)
    return body


def _async(body: str, random: Random) -> str:
    """All flows are coroutine functions, and some of the tasks."""
    tasks = re.findall(r"^def ((?:t|cached)\d+)\(", body, re.MULTILINE)
    chosen = {name for name in tasks if random.random() < 0.6}
    inside = set(re.findall(r"inner = (\w+)\(", body)) & chosen
    if inside:  # who awaits is a coroutine function too
        chosen |= {name for name in tasks if re.search(rf"def {name}\([^@]*?inner = ", body)}
    flows = set(re.findall(r"^def (main|sub\d+)\(", body, re.MULTILINE))
    body = re.sub(
        r"^def (\w+)\(",
        lambda m: f"async {m[0]}" if m[1] in chosen | flows else m[0],
        body,
        flags=re.MULTILINE,
    )
    body = _CALL.sub(
        lambda m: f"= await {m[1]}(" if m[1] in chosen | flows else m[0],
        body,
    )
    return body.replace(
        "state = main(1, return_state=True)", "state = asyncio.run(main(1, return_state=True))"
    )


_CHANGES: list[tuple[Callable[[str, Random], str], float]] = [
    (_tasks_in_tasks, 0.3),
    (_hooks, 0.5),
    (_task_runner, 0.4),
    (_rollback, 0.5),
    (_async, 0.4),
]
