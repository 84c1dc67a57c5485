"""Random flows: one seed, one source, the same on every machine.

What a source notes does not depend on timing: the body of the flow notes in its own order, what the
tasks saw is sorted, and nothing that may raise starts while a submitted task is still running.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from scene_sources import scenes_of
from wide_sources import widened

_HEAD = '''\
from prefect import allow_failure, flow, task, unmapped
from prefect.cache_policies import NO_CACHE
from prefect.context import TaskRunContext
from prefect.futures import wait
from prefect.states import Cancelled, Completed, Failed

ran = []


def saw(name, *values):
    """Note what a task was given; the count of its try."""
    count = TaskRunContext.get().task_run.run_count
    ran.append(f"{name}({', '.join(map(plain, values))}) try {count}")
    return count


def plain(value):
    """A value as text; what a state of Prefect's holds in itself is its own affair."""
    if hasattr(value, "is_completed"):
        return value.name
    if isinstance(value, list):
        return f"[{', '.join(map(plain, value))}]"
    return repr(value)


def number(value):
    """A number for whatever a task may be given."""
    if isinstance(value, bool) or value is None:
        return 0
    if isinstance(value, int):
        return value
    if isinstance(value, (list, tuple)):
        return sum(number(item) for item in value)
    return len(str(value))
'''

# What a task does with its numbers; `{n}` is a number of its own.
_BODIES = {
    "adds": "return number(a) + number(b) + {n}",
    "lists": "return [number(a), number(b), {n}]",
    "says nothing": "return None",
    "fails": 'raise ValueError("no {n}")',
    "fails on odd numbers": (
        'if (number(a) + number(b)) % 2:\n        raise ValueError("odd {n}")\n    return {n}'
    ),
    "fails at first": 'if count <= {tries}:\n        raise KeyError("again {n}")\n    return {n}',
    "is called completed": 'return Completed(name="Good", message="m{n}", data={n})',
    "is called failed": 'return Failed(message="said {n}")',
    "is called failed with an error": 'return Failed(data=RuntimeError("kept {n}"))',
    "is cancelled": 'return Cancelled(message="off {n}")',
    "returns an exception": 'return LookupError("found {n}")',
}
_CACHED = (
    "cached"  # tasks of such names never run side by side: which one fills the cache is chance
)
_WEIGHTS = {"adds": 8, "lists": 3, "fails": 2, "fails on odd numbers": 3, "fails at first": 3}


WIDE = 2000  # from this seed on there is more in a source
STAGED = 4000  # from this seed on a flow is made of scenes


@dataclass
class _Body:
    """The body of a flow while it grows: the names in it by what they are."""

    values: list[str] = field(default_factory=lambda: ["1", "2", "3"])
    futures: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    running: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    count: int = 0

    def fresh(self) -> str:
        self.count += 1
        return f"v{self.count}"


def source(seed: int) -> str:
    """The source of the flow of a seed."""
    if seed >= STAGED:
        return scenes_of(seed, _HEAD, _task)
    random = Random(seed)  # noqa: S311  # no secret
    tasks = [_task(random, seed, index) for index in range(random.randint(2, 5))]
    names = [text.partition("def ")[2].partition("(")[0] for text in tasks]
    subflows = [
        _flow(random, f"sub{index}", names, [], random.randint(1, 3))
        for index in range(random.randint(0, 2))
    ]
    subs = [f"sub{index}" for index in range(len(subflows))]
    main = _flow(random, "main", names, subs, random.randint(2, 7))
    end = "state = main(1, return_state=True)\nnote(state, state.message)\n"
    end += "note(state.result(raise_on_failure=False))\nfor line in sorted(ran):\n    note(line)\n"
    text = "\n\n".join([_HEAD, *tasks, *subflows, main, end])
    return widened(text, seed) if seed >= WIDE else text


def _task(random: Random, seed: int, index: int) -> str:
    kinds = list(_BODIES)
    kind = random.choices(kinds, [_WEIGHTS.get(kind, 1) for kind in kinds])[0]
    body = _BODIES[kind].format(n=random.randint(1, 9), tries=random.randint(1, 3))
    name, options = f"t{index}", list(_options(random, kind))
    if random.random() < 0.15:
        name = f"{_CACHED}{index}"
        key = f'f"{seed} {name} {{given}}"'
        options.append(f"cache_key_fn=lambda context, given: {key}, persist_result=True")
    head = f"@task({', '.join(options)})" if options else "@task"
    return f'{head}\ndef {name}(a, b=0):\n    count = saw("{name}", a, b)\n    {body}'


def _options(random: Random, kind: str) -> Iterable[str]:
    if random.random() < (0.8 if kind == "fails at first" else 0.2):
        yield f"retries={random.randint(1, 3)}"
    if random.random() < 0.2:
        yield f'name="named {random.randint(1, 2)}"'
    if random.random() < 0.1:
        yield "log_prints=True"
    if random.random() < 0.15:
        yield "retry_condition_fn=lambda task, run, state: not isinstance(state.data, KeyError)"
    if random.random() < 0.1:
        yield "cache_policy=NO_CACHE"


def _flow(random: Random, name: str, tasks: list[str], subs: list[str], size: int) -> str:
    body = _Body()
    body.values.append("x")
    for _ in range(size):
        _statement(random, body, tasks, subs)
    _settle(body)
    options = f"@flow(retries={random.randint(1, 2)})" if random.random() < 0.1 else "@flow"
    lines = [*body.lines, f"return {_returned(random, body)}"]
    text = "\n".join(f"    {line}" for block in lines for line in block.split("\n"))
    return f"{options}\ndef {name}(x):\n{text}"


def _statement(random: Random, body: _Body, tasks: list[str], subs: list[str]) -> None:
    made = random.choices(
        [_called, _submitted, _mapped, _stated, _subflow, _looked_at], [4, 6, 2, 3, 3, 3]
    )[0]
    made(random, body, tasks, subs)


def _called(random: Random, body: _Body, tasks: list[str], _: list[str]) -> None:
    name = body.fresh()
    _may_raise(random, body, f"{name} = {random.choice(tasks)}({_arguments(random, body)})", name)
    body.values.append(name)


def _submitted(random: Random, body: _Body, tasks: list[str], _: list[str]) -> None:
    name, task = body.fresh(), random.choice(tasks)
    if task.startswith(_CACHED):
        _settle(body)
    body.lines.append(f"{name} = {task}.submit({_arguments(random, body)})")
    body.futures.append(name)
    body.running.append(name)
    if task.startswith(_CACHED):
        _settle(body)


def _mapped(random: Random, body: _Body, tasks: list[str], subs: list[str]) -> None:
    tasks = [task for task in tasks if not task.startswith(_CACHED)]
    if not tasks:
        return
    name = body.fresh()
    over = ", ".join(random.choice(body.values + body.futures) for _ in range(random.randint(1, 3)))
    second = random.choice(["", f", unmapped({random.choice(body.values)})", ", b=unmapped(4)"])
    body.lines.append(f"{name} = {random.choice(tasks)}.map([{over}]{second})")
    body.lists.append(name)
    body.running.append(f"*{name}")


def _stated(random: Random, body: _Body, tasks: list[str], _: list[str]) -> None:
    name = body.fresh()
    _settle(body)
    arguments = _arguments(random, body)
    body.lines.append(f"{name} = {random.choice(tasks)}({arguments}, return_state=True)")
    body.lines.append(f'note("{name}", {name}, {name}.message)')
    body.states.append(name)


def _subflow(random: Random, body: _Body, tasks: list[str], subs: list[str]) -> None:
    if not subs:
        _called(random, body, tasks, subs)
        return
    name, sub = body.fresh(), random.choice(subs)
    given = random.choice(body.values + body.futures)
    if random.random() < 0.4:
        _settle(body)
        body.lines.append(f"{name} = {sub}({given}, return_state=True)")
        body.lines.append(f'note("{name}", {name}, {name}.message)')
        body.states.append(name)
        return
    _may_raise(random, body, f"{name} = {sub}({given})", name)
    body.values.append(name)


def _looked_at(random: Random, body: _Body, tasks: list[str], subs: list[str]) -> None:
    if not body.futures:
        _submitted(random, body, tasks, subs)
        return
    future, name = random.choice(body.futures), body.fresh()
    kind = random.choice(["result", "quiet", "state"])
    if kind == "result":
        _may_raise(random, body, f"{name} = {future}.result()", name)
        body.values.append(name)
    elif kind == "quiet":
        body.lines.append(f'note("{name}", {future}.result(raise_on_failure=False))')
    else:
        _settle(body)
        body.lines.append(f'note("{name}", {future}.state, {future}.state.message)')


def _may_raise(random: Random, body: _Body, line: str, name: str) -> None:
    """A statement that may end the flow; nothing else runs meanwhile."""
    _settle(body)
    if random.random() < 0.6:
        failed = f'note("{name}", error)\n    {name} = -1'
        line = f"try:\n    {line}\nexcept Exception as error:\n    {failed}"
    body.lines.append(f'{line}\nnote("{name}", {name})')


def _settle(body: _Body) -> None:
    if body.running:
        body.lines.append(f"wait([{', '.join(body.running)}])")
        body.running.clear()


def _arguments(random: Random, body: _Body) -> str:
    given = [_argument(random, body) for _ in range(random.randint(1, 2))]
    if body.futures and random.random() < 0.2:
        waited = random.choice(body.futures + body.states)
        wrapped = f"allow_failure({waited})" if random.random() < 0.3 else waited
        given.append(f"wait_for=[{wrapped}]")
    return ", ".join(given)


def _argument(random: Random, body: _Body) -> str:
    kind = random.choices(["value", "future", "allowed", "state", "nested"], [5, 5, 2, 1, 1])[0]
    upstream = body.futures or body.values
    if kind == "future":
        return random.choice(upstream)
    if kind == "allowed":
        return f"allow_failure({random.choice(upstream)})"
    if kind == "state" and body.states:
        return random.choice(body.states)
    if kind == "nested" and body.lists:
        return random.choice(body.lists)
    if kind == "nested":
        return f"[{random.choice(upstream)}, {random.choice(body.values)}]"
    return random.choice(body.values)


def _returned(random: Random, body: _Body) -> str:
    """A value, or futures and states, which decide how the flow ends."""
    runs = body.futures + body.lists + body.states
    choices = [random.choice(body.values), "None"]
    if runs:
        choices += [random.choice(runs)] * 2
        some = [name for name in body.futures + body.states if random.random() < 0.5]
        choices += [f"[{', '.join(some)}]"] if some else []
    return random.choice(choices)
