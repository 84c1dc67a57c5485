from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from typing import Any

from flowlight import flow, task
from flowlight.events import Event
from flowlight.named_states import Completed
from flowlight.world import World, use


@task
async def one(x: int = 0) -> int:
    await asyncio.sleep(0)
    return x + 1


def test_sinks_hear_the_same_of_awaited_runs_as_of_others() -> None:
    @task
    def plain() -> int:
        return 1

    @flow
    async def awaits() -> None:
        await one()
        one.submit().wait()

    @flow
    def calls() -> None:
        plain()
        plain.submit().wait()

    def told(run: Any) -> list[tuple[str, str, Any]]:
        events: list[Event] = []
        with use(World(sinks=(events.append,))):
            run()
        return [(e.kind, type(e.run).__name__, str(e.details.get("state"))) for e in events]

    assert told(lambda: asyncio.run(awaits())) == told(calls)


def test_a_sleep_that_was_handed_in_is_used_in_async_runs() -> None:
    slept: list[float] = []
    tries: list[int] = []

    @task(retries=2, retry_delay_seconds=[100, 200])
    async def flaky() -> int:
        tries.append(1)
        if len(tries) < 3:
            raise ValueError
        return len(tries)

    with use(World(sleep=slept.append)):
        assert asyncio.run(flaky()) == 3
    assert slept == [100, 200]


def test_waiting_for_an_upstream_leaves_the_loop_to_others() -> None:
    ready = threading.Event()

    @task
    def waits() -> str:
        assert ready.wait(30)
        return "went on"

    @task
    async def echo(x: str) -> str:
        return x

    async def other() -> None:
        await asyncio.sleep(0)
        ready.set()

    @flow
    async def main() -> list[Any]:
        return await asyncio.gather(echo(waits.submit()), other())

    assert asyncio.run(main()) == ["went on", None]


def test_no_thread_outlives_an_async_flow_run() -> None:
    before = set(threading.enumerate())

    async def hook(*_: Any) -> None:
        await asyncio.sleep(0)

    @flow(on_completion=[hook])
    async def main() -> int:
        return sum(one.map(range(20)).result())

    @flow(on_completion=[hook])
    def plain() -> int:
        return sum(one.map(range(20)).result())

    async def calls_a_plain_flow() -> int:
        return plain()

    assert asyncio.run(main()) == 210
    assert asyncio.run(calls_a_plain_flow()) == 210
    assert set(threading.enumerate()) == before


def test_a_coroutine_that_is_never_awaited_leaves_no_run_behind() -> None:
    events: list[Event] = []

    @flow
    async def main() -> None: ...

    with use(World(sinks=(events.append,))):
        main().close()
    assert events == []


def test_a_flow_whose_driver_goes_away_is_left_as_it_was() -> None:
    states: list[str] = []

    class Never:
        def __await__(self) -> Iterator[None]:
            yield

    @flow
    async def main() -> None:
        await Never()

    with use(World(sinks=(lambda e: states.append(e.run.state_name),))):
        coroutine = main()
        coroutine.send(None)
        coroutine.close()
    assert states[-1] == "Running"


def test_a_chain_of_a_thousand_async_futures() -> None:
    @flow
    async def main() -> Any:
        future = one.submit(0)
        for _ in range(999):
            future = one.submit(future)
        return future.result()

    assert asyncio.run(main()) == 1000


def test_a_hundred_calls_wait_side_by_side() -> None:
    @task
    async def meet(barrier: list[int], all_here: asyncio.Event) -> None:
        barrier.append(1)
        if len(barrier) == 100:
            all_here.set()
        await all_here.wait()

    @flow
    async def main() -> int:
        barrier: list[int] = []
        all_here = asyncio.Event()
        await asyncio.gather(*[meet(barrier, all_here) for _ in range(100)])
        return len(barrier)

    assert asyncio.run(main()) == 100


def test_states_of_async_runs_are_values_where_an_ordinary_body_asks() -> None:
    state = Completed(data=[1])

    @task
    def inside() -> Any:
        return state.result()

    @flow
    async def main() -> Any:
        return inside(), await state.result()

    assert asyncio.run(main()) == ([1], [1])


def test_asyncio_is_not_imported_before_it_is_needed() -> None:
    code = (
        "import sys, flowlight\n"
        "flowlight.flow(flowlight.task(lambda: 1))()\n"
        "sys.exit('asyncio' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_async_generator_that_is_left_is_finished_by_the_loop() -> None:
    ends: list[str] = []

    @task(on_failure=[lambda _task, _run, state: ends.append(state.name)])
    async def count() -> AsyncIterator[int]:
        yield 1
        yield 2

    async def main() -> None:
        async for _ in count():
            break

    asyncio.run(main())
    assert ends == ["Failed"]
