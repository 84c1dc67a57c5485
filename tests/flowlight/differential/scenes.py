"""What a flow of scenes is made of: each scene is a use of Prefect that random calls do not reach.

A scene adds tasks to the module and lines to the body of the flow. What its tasks do at the same
time is noted sorted, and everything that it started has ended when it ends.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

__all__ = ["SCENES", "Play"]


@dataclass
class Play:
    """A flow while it grows; `tasks` says of each whether it is a coroutine function."""

    random: Random
    seed: int
    is_async: bool
    tasks: dict[str, bool]
    subflows: list[str] = field(default_factory=list)
    is_sub: bool = False
    made: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=lambda: ["x", "1", "2", "3"])
    ends: list[str] = field(default_factory=lambda: ["None"])
    count: int = 0

    def fresh(self, stem: str = "v") -> str:
        """A name that nothing else has."""
        self.count += 1
        return f"{stem}{self.count}"

    def task(self) -> str:
        """The name of a task; not one whose runs side by side race for the cache."""
        plain = [task for task in self.tasks if not task.startswith("cached")]
        return self.random.choice(plain or ["looks"])

    def value(self) -> str:
        """Something that has been made before."""
        return self.random.choice(self.values)

    def call(self, task: str, arguments: str) -> str:
        """A call of it, awaited where it must be."""
        wait = self.tasks.get(task, self.is_async and task in self.subflows)
        return f"{'await ' if wait else ''}{task}({arguments})"

    def maybe(self, chance: float, text: str) -> str:
        """The text or nothing."""
        return text if self.random.random() < chance else ""

    def add(self, *lines: str) -> None:
        """Lines of the body."""
        self.lines += lines

    def attempted(self, name: str, *lines: str) -> None:
        """Lines that may raise and give `name`, which is noted and may be used by later scenes."""
        self.add("try:", *(f"    {line}" for line in lines))
        self.add("except Exception as error:", f'    note("{name}", error)', f"    {name} = -1")
        self.add(f'note("{name}", {name})')
        self.values.append(name)

    def submitted(self, count: int) -> list[str]:
        """The names of futures of so many tasks."""
        names = [self.fresh("f") for _ in range(count)]
        for name in names:
            self.add(f"{name} = {self.task()}.submit({self.value()})")
        return names


def _generators(play: Play) -> None:
    name, items, random = play.fresh("g"), play.fresh(), play.random
    count, stops = random.randint(0, 3), random.randint(0, 4)
    options = play.maybe(0.3, "retries=1")
    raising = f"        if i == {stops}:\n            raise ValueError('stopped at {stops}')\n"
    is_async = play.is_async and random.random() < 0.6
    play.made.append(
        f"@task({options})\n{'async ' if is_async else ''}def {name}(a):\n"
        f'    saw("{name}", a)\n    for i in range({count}):\n{play.maybe(0.4, raising)}'
        "        yield i + number(a)"
    )
    inside = random.choice(["item", play.call(play.task(), "item"), "number(item) + 1"])
    word = "async for" if is_async else "for"
    early = play.maybe(0.2, "; break")
    uses = [f"{word} item in {name}({play.value()}):", f"    {items}.append({inside}){early}"]
    if not is_async and random.random() < 0.4:
        one, several = f"submit({play.value()})", f"map([{play.value()}, 2])"
        run, all_of = random.choice([(one, f"[{items}]"), (several, items)])
        uses = [f"{items} = {name}.{run}", f"wait({all_of})", f"{items} = {items}.result()"]
    play.attempted(items, f"{items} = []", *uses)


def _gathered(play: Play) -> None:
    name, random = play.fresh(), play.random
    runs = [task for task, is_async in play.tasks.items() if is_async and task[0] == "t"] * 2
    runs += play.subflows  # not one of them twice: they would race for what they keep
    if not play.is_async or not runs:
        return _as_completed(play)
    chosen = random.sample(runs, random.randint(1, len(runs)))
    calls = [f"{run}({play.value()})" for run in chosen]
    plain = "return_exceptions=True"
    return play.attempted(name, f"{name} = await asyncio.gather({', '.join(calls)}, {plain})")


def _as_completed(play: Play) -> None:
    names, found = play.submitted(play.random.randint(1, 4)), play.fresh()
    what = play.random.choice(
        ["one.result(raise_on_failure=False)", "ended(one)", "ended(one).message", "one.wait()"]
    )
    play.add(f"{found} = sorted(plain({what}) for one in as_completed([{', '.join(names)}]))")
    play.add(f'note("{found}", {found})')
    play.ends += [f"[{', '.join(names)}]", *names]


def _waited(play: Play) -> None:
    names, done = play.submitted(play.random.randint(1, 4)), play.fresh()
    play.add(f"{done} = wait([{', '.join(names)}])")
    play.add(f'note("{done}", len({done}.done), len({done}.not_done))')
    play.add(f'note("{done}", [ended(one) for one in [{", ".join(names)}]])')
    play.ends.append(f"sorted({done}.done, key=[{', '.join(names)}].index)")


def _quoted(play: Play) -> None:
    (future,), name = play.submitted(1), play.fresh()
    wrap = play.random.choice(["quote", "opaque"])
    what = play.random.choice([future, f"[{future}, 1]", f"{{'k': {future}}}", "[1, [2]]"])
    play.add(f"wait([{future}])")
    play.attempted(name, f"{name} = {play.call('looks', f'{wrap}({what})')}")
    play.ends.append(future)


def _subflow_states(play: Play) -> None:
    if not play.subflows:
        return _waited(play)
    state, value = play.fresh("s"), play.fresh()
    sub = play.random.choice(play.subflows)
    play.add(f"{state} = {play.call(sub, f'{play.value()}, return_state=True')}")
    play.add(f'note("{state}", {state}, {state}.message)')
    wait = "await " if play.is_async else ""
    how = play.random.choice(["", "raise_on_failure=False"])
    play.attempted(value, f"{value} = {wait}{state}.{'a' if wait else ''}result({how})")
    taken = play.fresh()
    play.attempted(taken, f"{taken} = {play.call(play.task(), state)}")
    return play.ends.append(state)


def _limits(play: Play) -> None:
    limit, name, random = f"limit-{play.seed}-{play.fresh()}", play.fresh(), play.random
    slots, taken = random.randint(1, 3), random.randint(1, 3)
    if random.random() < 0.8:
        play.made.append(f'set_limit("{limit}", {slots})')
        taken = min(taken, slots)
    strict = play.maybe(0.5, ", strict=True")
    task = play.fresh("limited")
    play.made.append(
        f"@task\ndef {task}(a):\n    with sync_limit({limit!r}, occupy={taken}{strict}):\n"
        f'        saw("{task}", a)\n        {play.maybe(0.3, "raise ValueError(a)") or "return a"}'
    )
    over = ", ".join(play.value() for _ in range(random.choice([1, 1, 1, 2])))
    play.attempted(name, f"{name} = {task}.map([{over}]).result(raise_on_failure=False)")
    play.add(f"try:\n    note(slots({limit!r}))\nexcept Exception:\n    note('no such limit')")


def _allowed_in_maps(play: Play) -> None:
    names, future, mapped = play.submitted(play.random.randint(1, 3)), play.fresh("f"), play.fresh()
    play.add(f"{future} = {play.task()}.submit({play.value()})")
    listed = ", ".join(names)
    arguments = play.random.choice(
        [
            f"allow_failure([{listed}])",
            f"[{listed}], allow_failure({future})",
            f"[{listed}], unmapped(allow_failure({future}))",
            f"[{listed}], b=allow_failure(unmapped({future}))",
            f"[allow_failure({names[0]}), 2], unmapped({future})",
            f"[1, 2], wait_for=[allow_failure({future}), {names[0]}]",
            f"[1, {names[0]}], unmapped([{listed}])",
        ]
    )
    quiet = play.random.choice(["raise_on_failure=False", ""])
    play.attempted(
        mapped,
        f"{mapped} = {play.task()}.map({arguments})",
        # A flow that ends meanwhile cancels on Prefect what has not started.
        f"wait({mapped})",
        f"{mapped} = [one.result({quiet}) for one in {mapped}]",
    )
    play.add(f"wait([{listed}, {future}])")
    play.ends.append(future)


def _artifacts(play: Play) -> None:
    key, name, random = f"k-{play.seed}-{play.fresh()}", play.fresh(), play.random
    wait, make = ("await ", "acreate") if play.is_async else ("", "create")
    kind = random.choice(
        [
            f"table_artifact(table=[{{'a': number({play.value()})}}], ",
            f"markdown_artifact(markdown=str(number({play.value()})), ",
            f"link_artifact(link='http://x/{random.randint(1, 9)}', ",
        ]
    )
    for _ in range(random.randint(1, 2)):
        described = play.maybe(0.5, f", description='d{random.randint(1, 9)}'")
        play.add(f"{wait}{make}_{kind}key={key!r}{described})")
    get = "aget" if play.is_async else "get"
    play.attempted(name, f"{name} = {wait}Artifact.{get}({key!r})")
    play.lines[-1] = f'note("{name}", {name}.type, {name}.data, {name}.description)'
    play.values.remove(name)


def _variables(play: Play) -> None:
    key, name, random = f"v_{play.seed}_{play.fresh()}", play.fresh(), play.random
    setter = play.fresh("sets")
    play.made.append(
        f'@task\ndef {setter}(a, **options):\n    saw("{setter}", a)\n'
        f'    Variable.set("{key}", number(a), **options)\n    return Variable.get("{key}")'
    )
    for _ in range(random.randint(1, 2)):
        options = play.maybe(0.5, ", overwrite=True")
        play.attempted(name, f"{name} = {setter}({play.value()}{options})")
    play.add(f"note({setter}.fn.__name__, {setter}.submit(4, overwrite=True).result())")


def _handed_out(play: Play) -> None:
    name, task, random = play.fresh(), play.fresh("hands"), play.random
    inner, second = play.task(), play.task()
    given = random.choice(
        ["one", "[one, two]", "{'k': one}", "(one, 1)", "[one.state, two]", "two"]
    )
    play.made.append(
        f'@task\ndef {task}(a):\n    saw("{task}", a)\n'
        f"    one, two = {inner}.submit(a), {second}.submit(a)\n"
        # Prefect asks a server that may be gone for the state of a future that nobody waited for.
        f"    wait([one, two])\n    return {given}"
    )
    use = random.choice(
        [
            f"{name} = {task}({play.value()})",
            f"{name} = {task}.submit({play.value()}).result()",
            f"{name} = {task}.submit({play.value()}).result(raise_on_failure=False)",
            f"{name} = {task}({play.value()}, return_state=True)",
        ]
    )
    play.attempted(name, use, f"{name} = settled({name})")


def _in_processes(play: Play) -> None:
    if play.is_sub:
        # In a task, the processes are sent its context, with functions of the module that the case
        # is here and that only this process has.
        return _as_completed(play)
    name, sub = play.fresh(), play.fresh("pool")
    bad = play.maybe(0.4, "    if a == 2:\n        raise ValueError('no 2')\n")
    play.made.append(f"@task\ndef {sub}_task(a, b=0):\n{bad}    return [a, b]")
    use = play.random.choice(
        [
            f"{sub}_task.map([1, 2, x])",
            f"[{sub}_task.submit({sub}_task.submit(1))]",
            f"[{sub}_task.submit(3), {sub}_task.submit(2, b=unmapped(4))]",
        ]
    )
    play.made.append(
        f"@flow(task_runner=ProcessPoolTaskRunner(max_workers=2))\ndef {sub}(x):\n"
        f"    return [one.result(raise_on_failure=False) for one in {use}]"
    )
    return play.attempted(name, f"{name} = {sub}({play.value()})")


def _cancelled(play: Play) -> None:
    task, state, random = play.fresh("stops"), play.fresh("s"), play.random
    body = random.choice(
        [
            "return Cancelled(message='off')",
            "raise asyncio.CancelledError()",
            "raise concurrent.futures.CancelledError()",
            "return Cancelled(data=a)",
        ]
    )
    hooks = play.maybe(0.5, "on_failure=[heard('on_failure')], on_completion=[heard('on_done')]")
    play.made.append(f'@task({hooks})\ndef {task}(a):\n    saw("{task}", a)\n    {body}')
    play.add(f"{state} = {task}.submit({play.value()}, return_state=True)")
    play.add(f'note("{state}", {state}, {state}.message)')
    name = play.fresh()
    play.attempted(name, f"{name} = {play.task()}.submit({state}).result(raise_on_failure=False)")
    play.ends.append(state)


def _cut_off(play: Play) -> None:
    if not play.is_async:
        return _cancelled(play)
    task, name = play.fresh("slow"), play.fresh()
    play.made.append(
        f"@task(timeout_seconds=0.2{play.maybe(0.3, ', retries=1')})\nasync def {task}(a):\n"
        f'    saw("{task}", a)\n    await asyncio.sleep(60)'
    )
    if play.random.random() < 0.5:
        return play.attempted(name, f"{name} = await {task}({play.value()}, return_state=True)")
    return play.attempted(name, f"{name} = {task}.submit({play.value()}).result()")


def _flow_in_task(play: Play) -> None:
    if not play.subflows:
        return _handed_out(play)
    task, name, sub = play.fresh("holds"), play.fresh(), play.random.choice(play.subflows)
    word, wait = ("async ", "await ") if play.is_async else ("", "")
    stated = play.maybe(0.4, ", return_state=True")
    play.made.append(
        f'@task\n{word}def {task}(a):\n    saw("{task}", a)\n    return {wait}{sub}(a{stated})'
    )
    return play.attempted(name, f"{name} = {wait}{task}({play.value()})")


def _cached(play: Play) -> None:
    task, random = play.fresh("keeps"), play.random
    policy = random.choice(
        ["INPUTS", "INPUTS - 'b'", "INPUTS + TASK_SOURCE", "TASK_SOURCE + RUN_ID", "DEFAULT"]
    )
    kept = play.maybe(0.7, ", persist_result=True")
    play.made.append(
        f"@task(cache_policy={policy}{kept}{play.maybe(0.2, ', refresh_cache=True')})\n"
        f'def {task}(a, b=0, c="{play.seed} {task}"):\n    saw("{task}", a, b)\n'
        "    return number(a)"
    )
    for _ in range(random.randint(2, 4)):
        state = play.fresh("s")
        arguments = f"{random.choice(['1', play.value()])}, {random.choice(['0', '1'])}"
        play.add(f"{state} = {task}({arguments}, return_state=True)")
        value = "await {}.aresult" if play.is_async else "{}.result"
        result = f"{value.format(state)}(raise_on_failure=False)"
        play.add(f'note("{state}", {state}, {result})')


def _validated(play: Play) -> None:
    sub, name, random = play.fresh("typed"), play.fresh(), play.random
    kind = random.choice(["int", "list[int]", "dict[str, int]", "float | None", "str"])
    options = play.maybe(0.3, "validate_parameters=False")
    play.made.append(f"@flow({options})\ndef {sub}(a: {kind}, b: int = 1):\n    return [a, b]")
    given = random.choice(["'3'", "'a'", "[1, '2']", "{'k': '1'}", "2.0", "None", play.value()])
    play.attempted(name, f"{name} = {sub}({given}{play.maybe(0.3, ', b=True')})")


def _with_options(play: Play) -> None:
    task, name = play.task(), play.fresh()
    options = play.random.choice(
        ["name='other'", "retries=1", "task_run_name='run of {a}'", "tags=['t']", "log_prints=True"]
    )
    play.add(f"{name}_task = {task}.with_options({options})")
    play.tasks[f"{name}_task"] = play.tasks.get(task, False)
    play.attempted(name, f"{name} = {play.call(f'{name}_task', play.value())}")
    del play.tasks[f"{name}_task"]


SCENES = {
    _generators: 4,
    _gathered: 4,
    _as_completed: 3,
    _waited: 2,
    _quoted: 2,
    _subflow_states: 4,
    _limits: 2,
    _allowed_in_maps: 4,
    _artifacts: 1,
    _variables: 1,
    _handed_out: 4,
    _in_processes: 0.5,
    _cancelled: 3,
    _cut_off: 1,
    _flow_in_task: 3,
    _cached: 3,
    _validated: 2,
    _with_options: 2,
}
