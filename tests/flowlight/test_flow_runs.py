from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import pytest
from flowlight import Flow, flow, task, unmapped
from flowlight.errors import NotSupported
from flowlight.events import Event
from flowlight.named_states import Completed
from flowlight.states import StateType
from flowlight.task_runners import InlineTaskRunner, PrefectTaskRunner, ThreadPoolTaskRunner
from flowlight.transitions import ALLOWED, check
from flowlight.world import World, use


@task
def one(x: int = 0) -> int:
    return x + 1


def test_no_thread_outlives_a_flow_run() -> None:
    before = set(threading.enumerate())

    @flow
    def main() -> None:
        one.map(range(50))

    @flow
    def fails() -> None:
        one.map(range(50))
        raise ValueError

    main()
    fails(return_state=True)
    assert set(threading.enumerate()) == before


def test_no_thread_outlives_a_time_out_in_a_thread() -> None:
    before = set(threading.enumerate())
    states = []

    @task(timeout_seconds=0.05)
    def endless() -> None:
        while True:
            threading.Event().wait(0.01)

    @task(timeout_seconds=60)
    def quick() -> int:
        return 1

    @flow
    def main() -> None:
        states.append(endless.submit(return_state=True).name)
        states.append(quick.submit(return_state=True).name)

    main()
    assert states == ["TimedOut", "Completed"]
    assert set(threading.enumerate()) == before


def test_a_time_out_in_the_main_thread_interrupts_a_blocking_call() -> None:
    @task(timeout_seconds=0.05)
    def blocked() -> None:
        threading.Event().wait()

    assert flow(lambda: blocked(return_state=True).name)() == "TimedOut"


def test_a_chain_of_ten_thousand_futures() -> None:
    @flow
    def main() -> Any:
        future = one.submit(0)
        for _ in range(9_999):
            future = one.submit(future)
        return future.result()

    assert main() == 10_000


def test_the_limit_of_a_task_runner_is_kept() -> None:
    running, most, lock = [0], [0], threading.Lock()

    @task
    def counts() -> None:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        with lock:
            running[0] -= 1

    @flow(task_runner=ThreadPoolTaskRunner(max_workers=1))
    def main() -> None:
        for _ in range(20):
            counts.submit()

    main()
    assert most == [1]


def test_the_inline_runner_runs_at_once_in_this_thread() -> None:
    seen = []

    @task
    def here() -> None:
        seen.append(threading.current_thread())

    @flow(task_runner=InlineTaskRunner())
    def main() -> None:
        here.submit()
        assert seen == [threading.current_thread()]

    main()


def test_delays_are_slept_by_the_world() -> None:
    slept: list[float] = []

    @task(retries=3, retry_delay_seconds=[60, 120], retry_jitter_factor=0.5)
    def bad() -> None:
        raise ValueError

    with use(World(sleep=slept.append, spread=lambda seconds, factor: seconds * (1 + factor))):
        flow(lambda: bad(return_state=True))(return_state=True)
    assert slept == [90.0, 180.0, 180.0]


def test_times_come_from_the_clock_of_the_world() -> None:
    now = datetime(2024, 1, 1, tzinfo=timezone.utc)
    runs: list[Any] = []

    def keep(event: Event) -> None:
        if event.kind == "created":
            runs.append(event.run)

    with use(World(clock=lambda: now, sinks=(keep,))):
        flow(lambda: one())()
    assert [run.expected_start_time for run in runs] == [now, now]


def test_sinks_hear_of_everything_in_order() -> None:
    events: list[Event] = []
    with use(World(sinks=(events.append,))):
        flow(lambda: one.submit().result())()
    told = [(e.kind, type(e.run).__name__, e.details.get("state")) for e in events]
    assert [(kind, run, state and state.name) for kind, run, state in told if run == "TaskRun"] == [
        ("created", "TaskRun", None),
        ("state", "TaskRun", "Pending"),
        ("state", "TaskRun", "Running"),
        ("started", "TaskRun", None),
        ("state", "TaskRun", "Completed"),
        ("ended", "TaskRun", "Completed"),
        ("taken", "TaskRun", None),
    ]


REFUSED: list[tuple[str, Callable[[], Any]]] = [
    ("deferred=True", lambda: one.map([1], deferred=True)),
    ("Task.delay", lambda: one.delay(1)),
    ("Flow.visualize.*dagferry graph", lambda: flow(one.fn).visualize()),
    ("flowlight fetches nothing", lambda: Flow.from_source("https://x", entrypoint="y")),
    ("task runner", lambda: flow(task_runner="dask")(one.fn)),
    ("PrefectTaskRunner.*use ThreadPoolTaskRunner", PrefectTaskRunner),
]


@pytest.mark.parametrize(("text", "use_it"), REFUSED)
def test_what_is_not_honoured_is_an_error(text: str, use_it: Callable[[], Any]) -> None:
    with pytest.raises(NotSupported, match=text):
        use_it()


def test_values_that_mean_off_are_accepted() -> None:
    assert task(asset_deps=[], viz_return_value=None)(one.fn)() == 1


def test_the_table_of_transitions() -> None:
    assert set(ALLOWED) == {None, *StateType}
    ends = {StateType.COMPLETED, StateType.FAILED, StateType.CANCELLED, StateType.CRASHED}
    assert {kind for kind, after in ALLOWED.items() if not after} == ends
    with pytest.raises(AssertionError, match="please report"):
        check(Completed(), Completed())


def test_a_state_does_not_change() -> None:
    state = Completed(data=1)
    with pytest.raises(AttributeError, match="does not change"):
        state.data = 2


def test_unmapped_in_a_plain_call_is_unwrapped() -> None:
    assert flow(lambda: one(unmapped(2)))() == 3


def test_a_callback_that_raises_stops_nothing() -> None:
    seen = []
    logged: list[Event] = []
    held = threading.Event()

    def broken(_: Any) -> None:
        raise RuntimeError("callback")

    @flow
    def main() -> Any:
        future = task(lambda: held.wait(20)).submit()
        future.add_done_callback(broken)
        future.add_done_callback(seen.append)
        held.set()
        future.add_done_callback(broken)
        return future.result()

    with use(World(sinks=(lambda e: logged.append(e) if e.kind == "log" else None,))):
        assert main() is True
    assert len(seen) == 1
    assert ["callback" in e.details["text"] for e in logged] == [True, True]
