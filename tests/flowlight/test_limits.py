from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from flowlight.cli.main import main
from flowlight.concurrency.errors import AcquireConcurrencySlotTimeoutError
from flowlight.concurrency.limits import find, put
from flowlight.concurrency.sync import concurrency, rate_limit
from flowlight.errors import NotSupported
from flowlight.events import Event
from flowlight.world import World, use


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLOWLIGHT_HOME", str(tmp_path))


class Clock:
    """A world in which sleeping is all that takes time."""

    def __init__(self) -> None:
        self.now = datetime(2024, 1, 1, tzinfo=timezone.utc)
        self.world = World(clock=lambda: self.now, sleep=self.sleep)

    def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def test_slots_of_a_rate_come_back_one_by_one() -> None:
    clock = Clock()
    with use(clock.world):
        put("rate", 2, 0.5)
        start = clock.now
        for _ in range(5):
            rate_limit("rate")
    # Two at once, then one whenever two seconds have passed.
    assert timedelta(seconds=6) <= clock.now - start < timedelta(seconds=8)


def test_waiting_ends_by_the_clock_of_the_world() -> None:
    clock = Clock()
    with use(clock.world):
        put("one", 1)
        start = clock.now
        with (
            concurrency("one"),
            pytest.raises(AcquireConcurrencySlotTimeoutError),
            concurrency("one", timeout_seconds=30),
        ):
            pass
    assert clock.now - start == timedelta(seconds=30)


def test_slots_that_decay_are_given_back_early_by_a_block() -> None:
    put("decays", 1, 0.001)
    with concurrency("decays"):
        assert _active("decays") == 1
    assert _active("decays") == 0


def _active(name: str) -> int:
    limit = find(name)
    assert limit is not None
    return limit.active_slots


_HOLD = """\
import sys
from flowlight.concurrency.sync import concurrency
with concurrency("shared"):
    print("inside", flush=True)
    sys.stdin.readline()
"""


def test_a_slot_is_held_across_processes_and_free_when_its_process_is_killed() -> None:
    put("shared", 1)
    other = subprocess.Popen(
        [sys.executable, "-c", _HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == "inside\n"
        with (
            pytest.raises(AcquireConcurrencySlotTimeoutError),
            concurrency("shared", timeout_seconds=0.1),
        ):
            pass
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
        with concurrency("shared", timeout_seconds=60):
            assert _active("shared") == 1


def test_events_tell_of_slots() -> None:
    put("told", 3)
    seen: list[str] = []

    def sink(event: Event) -> None:
        made = event.details["event"]
        seen.append(f"{made.event} {made.resource['prefect.resource.name']}")

    with use(World(sinks=(sink,))), concurrency("told", occupy=2):
        pass
    assert seen == [
        "prefect.concurrency-limit.acquired told",
        "prefect.concurrency-limit.released told",
    ]


def test_a_holder_is_not_honoured() -> None:
    with pytest.raises(NotSupported, match="holder"), concurrency("a", holder=object()):
        pass


def test_limits_by_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["limit", "list"]) == 0
    assert "flowlight limit set NAME N" in capsys.readouterr().out
    assert main(["limit", "set", "db", "5"]) == 0
    assert main(["limit", "set", "api", "10", "--decay", "2.5"]) == 0
    with concurrency("db", occupy=2):
        assert main(["limit", "list"]) == 0
    assert capsys.readouterr().out == (
        "api: 0 of 10 taken, 2.5 a second come back\ndb: 2 of 5 taken\n"
    )
    assert main(["limit", "delete", "api"]) == 0
    assert main(["limit", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "version": 1,
        "limits": [
            {"name": "db", "limit": 5, "active_slots": 0, "slot_decay_per_second": 0.0},
        ],
    }
    assert main(["limit", "delete", "api"]) == 2
    assert "there is no limit 'api'" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["set", "a", "-1"], ["set", "a", "1", "--decay", "nan"], []])
def test_a_limit_that_is_none_is_wrong_usage(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as error:
        main(["limit", *arguments])
    assert error.value.code == 2
    assert capsys.readouterr().err
