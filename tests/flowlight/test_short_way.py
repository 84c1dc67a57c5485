from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from flowlight import flow, short_way, tags, task
from flowlight.context import TaskRunContext
from flowlight.results.policies import INPUTS
from flowlight.results.transactions import get_transaction, transaction
from flowlight.states import State, StateType
from flowlight.world import World, use


@pytest.fixture
def taken() -> Iterator[list[str]]:
    """The names of the tasks whose runs took the short way."""
    names: list[str] = []
    take = short_way.take

    def counting(run: Any, *others: Any) -> None:
        names.append(run.task.name)
        take(run, *others)

    with patch.object(short_way, "take", counting):
        yield names


@task
def plain(x: int) -> int:
    return x + 1


def test_a_plain_run_takes_it_called_submitted_mapped_and_outside_of_flows(
    taken: list[str],
) -> None:
    @flow
    def main() -> list[int]:
        return [plain(1), plain.submit(2).result(), *plain.map([3, 4]).result()]

    assert plain(0) == 1
    assert main() == [2, 3, 4, 5]
    assert taken == ["plain"] * 5


def test_it_is_open_too_for_what_only_bears_on_the_end_of_a_run(taken: list[str]) -> None:
    heard: list[str | None] = []
    tries: list[int] = []

    @task(retries=2, on_completion=[lambda _, __, state: heard.append(state.name)])
    def shaky() -> str:
        tries.append(len(tries))
        if len(tries) < 3:
            raise ValueError("again")
        return "there"

    @flow
    def main() -> str:
        return str(shaky())

    assert main() == "there"
    assert (tries, heard, taken) == ([0, 1, 2], ["Completed"], ["shaky"])


@pytest.mark.parametrize(
    "options",
    [
        {"tags": ["a"]},
        {"timeout_seconds": 60},
        {"task_run_name": "x"},
        {"on_running": [lambda *_: None]},
        {"log_prints": True},
        {"persist_result": False},
        {"cache_policy": INPUTS},
    ],
    ids=lambda options: next(iter(options)),
)
def test_a_task_with_an_option_that_bears_on_its_start_does_not_take_it(
    options: dict[str, Any], taken: list[str], tmp_path: Path
) -> None:
    @flow(result_storage=tmp_path)
    def main() -> int:
        return int(plain.with_options(**options)(1))

    assert main() == 2
    assert taken == []


def test_in_tags_transactions_tasks_and_for_futures_it_is_closed(taken: list[str]) -> None:
    @task
    def outer() -> int:
        return int(plain(1))

    @flow
    def main() -> None:
        with tags("a"):
            plain(1)
        with transaction():
            plain(2)
        future = plain.with_options(tags=["b"]).submit(3)
        plain(future)
        outer()

    main()
    assert taken == ["outer"]


def test_the_state_and_the_times_of_a_run_are_there_while_it_runs_and_after() -> None:
    seen: list[Any] = []

    @task
    def looks() -> None:
        context = TaskRunContext.get()
        assert context is not None
        run = context.task_run
        seen.extend([run, run.state, run.run_count, context.start_time, run.end_time])

    @flow
    def main() -> None:
        looks()

    main()
    run, state, count, start, end = seen
    assert (state.type, state.name, count, end) == (StateType.RUNNING, "Running", 1, None)
    assert run.state.type is StateType.COMPLETED
    assert run.expected_start_time <= run.start_time <= start <= run.end_time
    assert (run.start_time, run.end_time) == (state.timestamp, run.state.timestamp)
    assert run.state.run_id == run.id


def test_sinks_hear_the_same_of_it(taken: list[str]) -> None:
    told: list[tuple[str, str | None]] = []

    def hear(event: Any) -> None:
        state: State | None = event.details.get("state")
        told.append((event.kind, state and state.name))

    with use(World(sinks=(hear,))):
        plain(1)
        short = told.copy()
        told.clear()
        with patch.object(short_way, "is_open", lambda *_: False):
            plain(1)
    assert taken == ["plain"]
    assert short == told
    assert short == [
        ("created", None),
        ("state", "Pending"),
        ("state", "Running"),
        ("started", None),
        ("state", "Completed"),
        ("ended", "Completed"),
    ]


def test_the_transaction_of_a_run_is_made_when_somebody_asks_and_is_one_for_all_threads() -> None:
    found: list[Any] = []

    @task
    def asks() -> None:
        import contextvars

        contexts = [contextvars.copy_context() for _ in range(8)]
        barrier = threading.Barrier(len(contexts))

        def ask() -> None:
            barrier.wait()
            found.append(get_transaction())

        threads = [threading.Thread(target=context.run, args=(ask,)) for context in contexts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found.append(get_transaction())
        assert found[0].is_active()
        plain(1)

    asks()
    assert len(found) == 9
    assert len(set(map(id, found))) == 1
    assert found[0].is_committed()
    assert len(found[0].children) == 1
    assert get_transaction() is None


def test_hooks_of_its_transaction_run_at_its_end(taken: list[str]) -> None:
    told: list[str] = []

    @task
    def keeps() -> None:
        own = get_transaction()
        assert own is not None
        own.on_commit_hooks.append(lambda _: told.append("kept"))

    @task
    def fails() -> None:
        own = get_transaction()
        assert own is not None
        own.on_rollback_hooks.append(lambda _: told.append("undone"))
        raise ValueError("no")

    keeps()
    assert fails(return_state=True).is_failed()
    assert told == ["kept", "undone"]
    assert taken == ["keeps", "fails"]


def test_who_asks_after_the_end_of_a_run_is_given_no_transaction() -> None:
    import contextvars

    contexts: list[contextvars.Context] = []

    @task
    def leaves() -> None:
        contexts.append(contextvars.copy_context())

    leaves()
    assert contexts[0].run(get_transaction) is None


FORKS = """\
import os
from flowlight.ids import new_id
before = new_id()
reader, writer = os.pipe()
child = os.fork()
drawn = "".join(new_id().hex for _ in range(3))
if child == 0:
    os.write(writer, drawn.encode())
    os._exit(0)
os.waitpid(child, 0)
print(os.read(reader, 1000).decode() == drawn)
"""


def test_a_forked_process_draws_ids_of_its_own() -> None:
    done = subprocess.run([sys.executable, "-c", FORKS], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
