"""Random flows of scenes: subflows and a main flow, which are all coroutine functions or none."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from scenes import SCENES, Play

__all__ = ["scenes_of"]

_HEAD = '''
import asyncio
import concurrent.futures

from prefect.utilities.annotations import opaque, quote
from prefect.artifacts import (
    Artifact,
    acreate_link_artifact,
    acreate_markdown_artifact,
    acreate_table_artifact,
    create_link_artifact,
    create_markdown_artifact,
    create_table_artifact,
)
from prefect.cache_policies import DEFAULT, INPUTS, RUN_ID, TASK_SOURCE
from prefect.concurrency.sync import concurrency as sync_limit
from prefect.futures import as_completed
from prefect.task_runners import ProcessPoolTaskRunner
from prefect.variables import Variable


def heard(event):
    """A hook that notes what it was called for."""

    def hook(what, run, state):
        ran.append(f"{event} of {what.name}: {state.name} {type(run).__name__}")

    return hook


def tell(*values):
    """Note what a subflow saw, sorted with all that was seen."""
    ran.append(" | ".join(map(plain, values)))


def ended(future):
    """The state of a future; before it was waited for, Prefect may give an older one."""
    future.wait()
    return future.state


def settled(value):
    """What futures and states in a value came to."""
    if isinstance(value, dict):
        return {key: settled(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [settled(each) for each in value]
    if hasattr(value, "wait"):
        try:
            return ["future of", settled(value.result(raise_on_failure=False))]
        except Exception as error:
            return ["future without", plain(error)]
    return plain(value)


@task
def looks(a):
    """What kind of thing a task is given."""

    def kinds(value):
        if isinstance(value, (list, tuple)):
            return [kinds(each) for each in value]
        if isinstance(value, dict):
            return {key: kinds(each) for key, each in value.items()}
        return "future" if hasattr(value, "add_done_callback") else plain(value)

    return kinds(a)
'''


def scenes_of(seed: int, head: str, make_task: Callable[[Random, int, int], str]) -> str:
    """The source of the flow of a seed; `make_task` gives a task of random flows."""
    random = Random(f"scenes {seed}")  # noqa: S311  # no secret
    is_async = random.random() < 0.5
    texts = [make_task(random, seed, index) for index in range(random.randint(2, 4))]
    tasks = {}
    for position, text in enumerate(texts):
        name = text.partition("def ")[2].partition("(")[0]
        tasks[name] = is_async and random.random() < 0.6
        if tasks[name]:
            texts[position] = re.sub(r"^def ", "async def ", text, flags=re.MULTILINE)
    parts, subs = [head, _HEAD, *texts], []
    for index in range(random.randint(0, 2)):
        play = Play(random, seed, is_async, tasks, is_sub=True)
        play.count = 100 * (index + 1)
        parts += _flow(play, f"sub{index}", random.randint(0, 2))
        subs.append(f"sub{index}")
    parts += _flow(Play(random, seed, is_async, tasks, subs), "main", random.randint(2, 4))
    run = "main(1, return_state=True)"
    parts.append(
        f"state = {f'asyncio.run({run})' if is_async else run}\nnote(state, state.message)\n"
        "note(settled(state.result(raise_on_failure=False)))\n"
        "for line in sorted(ran):\n    note(line)\n"
    )
    return "\n\n".join(parts)


def _flow(play: Play, name: str, size: int) -> list[str]:
    """The tasks of the scenes, and the flow."""
    for scene in play.random.choices(list(SCENES), list(SCENES.values()), k=size):
        scene(play)
    end = play.random.choice([*play.values, *play.ends, *play.ends])
    lines = "\n".join(f"    {line}" for block in play.lines for line in block.split("\n"))
    failing = play.maybe(0.15, "    raise ValueError('at the end')\n")
    options = play.maybe(0.1, "retries=1")
    word = "async def" if play.is_async else "def"
    if name != "main":  # several subflows may run at the same time
        lines = re.sub(r"\bnote\(", "tell(", lines)
    body = f"{lines}\n{failing}    return {end}"
    return [*play.made, f"@flow({options})\n{word} {name}(x):\n{body}"]
