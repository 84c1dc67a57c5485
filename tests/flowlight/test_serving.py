from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from flowlight.deployments.run_queue import insert, set_paused
from flowlight.deployments.store import Store
from flowlight.store.errors import StoreError
from serving_kit import Clock, Pad, deployment, prefect_is_flowlight, server, write_flow

__all__ = ["prefect_is_flowlight"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_flow(tmp_path / "flows")
    return tmp_path / "flows"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "serve.sqlite")


def states(store: Store) -> list[str]:
    return [f"{run.due[11:16]} {run.state_name}" for run in store.runs()]


def test_a_run_starts_when_its_date_has_come_and_once(folder: Path, store: Store) -> None:
    clock, pad = Clock(), Pad()
    serving = server(store, clock, pad, deployment(folder))
    serving.turn()
    assert pad.dates == []  # noon itself is when serving began
    clock.go(minutes=59)
    serving.turn()
    assert pad.dates == []
    clock.go(minutes=1)
    serving.turn()
    serving.turn()
    assert pad.dates == ["13:00"]
    serving.stop()


def test_it_waits_until_the_next_date_but_looks_for_asked_runs_every_second(
    folder: Path, store: Store
) -> None:
    clock = Clock()
    serving = server(store, clock, Pad(), deployment(folder))
    assert serving.pause_before_next() == 1.0
    clock.go(minutes=59, seconds=59.5)
    assert serving.pause_before_next() == 0.5
    serving.stop()


def test_dates_that_passed_while_the_process_was_killed_are_run_in_order(
    folder: Path, store: Store
) -> None:
    clock, pad = Clock(), Pad()
    killed = server(store, clock, pad, deployment(folder))
    killed._lock.release()  # as the system does when the process is no more
    clock.go(hours=3, minutes=30)
    again = server(store, clock, pad, deployment(folder))
    again.turn()
    assert pad.dates == ["13:00", "14:00", "15:00"]
    again.stop()


@pytest.mark.parametrize(
    ("catch_up", "dates"), [("all", ["13:00", "14:00"]), ("latest", ["14:00"]), ("none", [])]
)
def test_what_is_caught_up_is_chosen_and_what_is_left_out_is_said(
    folder: Path, store: Store, catch_up: str, dates: list[str]
) -> None:
    clock, pad, said = Clock(), Pad(), []
    server(store, clock, pad, deployment(folder))._lock.release()
    clock.go(hours=2, minutes=30)
    again = server(store, clock, pad, deployment(folder), catch_up=catch_up, say=said.append)
    again.turn()
    assert pad.dates == dates
    assert any("left out" in line for line in said) == (catch_up != "all")
    again.stop()


def test_after_a_clean_end_the_schedule_is_paused_and_goes_on_from_the_next_start(
    folder: Path, store: Store
) -> None:
    clock, pad = Clock(), Pad()
    server(store, clock, pad, deployment(folder)).stop()
    assert store.read("SELECT paused FROM deployments")[0]["paused"] == 1
    clock.go(hours=3, minutes=30)
    again = server(store, clock, pad, deployment(folder))
    again.turn()
    clock.go(minutes=30)
    again.turn()
    assert pad.dates == ["16:00"]
    again.stop()


def test_without_pausing_a_clean_end_is_caught_up_too(folder: Path, store: Store) -> None:
    clock, pad = Clock(), Pad()
    server(store, clock, pad, deployment(folder), pause_on_shutdown=False).stop()
    clock.go(hours=1, minutes=30)
    again = server(store, clock, pad, deployment(folder))
    again.turn()
    assert pad.dates == ["13:00"]
    again.stop()


def test_two_that_serve_on_one_file_do_not_run_a_date_twice(folder: Path, store: Store) -> None:
    clock, pads = Clock(), (Pad(), Pad())
    both = [server(store, clock, pad, deployment(folder)) for pad in pads]
    for _ in range(4):
        clock.go(hours=1)
        for serving in both:
            serving.turn()
        both.reverse()
    assert sorted(pads[0].dates + pads[1].dates) == ["13:00", "14:00", "15:00", "16:00"]
    for serving in both:
        serving.stop()


def test_runs_of_a_process_that_is_no_more_have_crashed_and_are_not_run_again(
    folder: Path, store: Store
) -> None:
    clock, pad = Clock(), Pad()
    killed = server(store, clock, pad, deployment(folder))
    clock.go(hours=1)
    killed.turn()
    assert pad.dates == ["13:00"]
    killed._lock.release()
    again = server(store, clock, pad, deployment(folder))
    again.turn()
    assert pad.dates == ["13:00"]
    (run,) = store.runs()
    assert (run.state_name, run.message) == (
        "Crashed",
        "The process that served this run ended before the run did.",
    )
    again.stop()


def test_runs_of_a_process_that_lives_are_left_alone(folder: Path, store: Store) -> None:
    clock, pad = Clock(), Pad()
    first = server(store, clock, pad, deployment(folder))
    clock.go(hours=1)
    first.turn()
    second = server(store, clock, Pad(), deployment(folder))
    second.turn()
    assert states(store) == ["13:00 Pending"]
    second.stop()
    first.stop()


def test_a_process_that_ends_without_a_word_has_crashed(folder: Path, store: Store) -> None:
    clock, pad = Clock(), Pad()
    serving = server(store, clock, pad, deployment(folder))
    clock.go(hours=1)
    serving.turn()
    pad.started[0].code = -9
    serving.turn()
    (run,) = store.runs()
    assert run.state == "CRASHED"
    assert "exit code -9" in str(run.message)
    serving.stop()


def test_what_runs_is_stopped_with_the_process_that_serves(folder: Path, store: Store) -> None:
    clock, pad = Clock(), Pad()
    serving = server(store, clock, pad, deployment(folder))
    clock.go(hours=1)
    serving.turn()
    serving.stop()
    assert pad.started[0].stopped
    assert states(store) == ["13:00 Crashed"]


def test_a_limit_lets_runs_wait_and_none_is_lost(folder: Path, store: Store) -> None:
    clock, pad = Clock(), Pad()
    serving = server(store, clock, pad, deployment(folder), limit=1)
    clock.go(hours=3)
    serving.turn()
    assert pad.dates == ["13:00"]
    for _ in range(2):
        pad.end_all(store, clock())
        serving.turn()
    assert pad.dates == ["13:00", "14:00", "15:00"]
    serving.stop()


def test_a_limit_of_the_deployment_counts_in_all_processes(folder: Path, store: Store) -> None:
    clock, pads = Clock(), (Pad(), Pad())
    both = [server(store, clock, pad, deployment(folder, concurrency_limit=1)) for pad in pads]
    clock.go(hours=2)
    for serving in both:
        serving.turn()
    assert pads[0].dates + pads[1].dates == ["13:00"]
    for serving in both:
        serving.stop()


def test_waiting_runs_are_given_up_when_the_schedule_is_paused(folder: Path, store: Store) -> None:
    clock, pad = Clock(), Pad()
    serving = server(store, clock, pad, deployment(folder), limit=1)
    clock.go(hours=2)
    serving.turn()
    serving.stop()
    assert states(store) == ["13:00 Crashed", "14:00 Cancelled"]


def test_schedules_add_their_parameters_and_inactive_ones_have_no_dates(
    folder: Path, store: Store
) -> None:
    from flowlight.deployments.schedules import Cron

    clock, pad = Clock(), Pad()
    schedules = [
        Cron("0 * * * *", parameters={"x": 2}, slug="two"),
        Cron("30 * * * *", slug="one"),
        Cron("45 * * * *", active=False),
    ]
    serving = server(
        store, clock, pad, deployment(folder, schedules=schedules, parameters={"x": 1})
    )
    clock.go(hours=1)
    serving.turn()
    assert [(each.run.due[11:16], each.run.parameters) for each in pad.started] == [
        ("12:30", '{"x": 1}'),
        ("13:00", '{"x": 2}'),
    ]
    serving.stop()


def test_two_schedules_of_one_date_are_two_runs(folder: Path, store: Store) -> None:
    clock, pad = Clock(), Pad()
    serving = server(store, clock, pad, deployment(folder, cron=["0 * * * *", "0 13 * * *"]))
    clock.go(hours=1)
    serving.turn()
    assert pad.dates == ["13:00", "13:00"]
    serving.stop()


def test_over_the_change_of_the_clock_every_date_is_run_once(folder: Path, store: Store) -> None:
    from datetime import datetime, timezone

    from flowlight.deployments.schedules import Cron

    for start, expected in (
        (datetime(2024, 3, 10, 5, 10, tzinfo=timezone.utc), ["05:30", "06:30", "07:30", "08:30"]),
        (datetime(2024, 11, 3, 4, 10, tzinfo=timezone.utc), ["04:30", "05:30", "07:30", "08:30"]),
    ):
        clock, pad = Clock(start), Pad()
        fresh = Store(store.path.with_name(f"{start:%m}.sqlite"))
        each = deployment(folder, schedule=Cron("30 * * * *", timezone="America/New_York"))
        serving = server(fresh, clock, pad, each)
        while clock.now.hour < 9:
            clock.go(minutes=5)
            serving.turn()
        assert pad.dates == expected
        serving.stop()


def test_a_paused_deployment_starts_what_is_asked_for_and_nothing_else(
    folder: Path, store: Store
) -> None:
    clock, pad = Clock(), Pad()
    each = deployment(folder)
    serving = server(store, clock, pad, each)
    with store.changing() as change:
        assert set_paused(change, each.full_name, True, clock())
    clock.go(hours=2)
    with store.changing() as change:
        insert(change, each, clock(), {"x": 5}, None, automatic=False)
    serving.turn()
    assert [one.run.parameters for one in pad.started] == ['{"x": 5}']
    serving.stop()


def test_a_turn_that_fails_halfway_leaves_the_file_as_it_was(
    folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, pad = Clock(), Pad()
    serving = server(store, clock, pad, deployment(folder))
    clock.go(hours=1)

    def broken(*_: object) -> list[object]:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr(serving, "_claim", broken)
        with pytest.raises(StoreError, match="disk I/O error"):
            serving.turn()
    assert store.runs() == []
    serving.turn()
    assert pad.dates == ["13:00"]
    serving.stop()


def test_a_file_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "serve.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="format 99"):
        Store(path)
