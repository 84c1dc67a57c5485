"""Serves deployments: finds what is due, starts it, and knows what became of it.

Everything is done by `turn`, which waits for nothing; `serve` calls it again and again. The clock,
the launcher and the wait are handed in.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from uuid import uuid4

from flowlight.deployments.deployment import RunnerDeployment
from flowlight.deployments.due import CatchUp, due, next_date
from flowlight.deployments.launcher import Handle, Launcher, child_process
from flowlight.deployments.registry import write
from flowlight.deployments.run_queue import OPEN, at_its_limit, insert, row_of, set_paused
from flowlight.deployments.server_lock import alive, hold, let_go
from flowlight.deployments.store import Store, StoredRun, finish, to_text

__all__ = ["Server", "Settings"]

_LONGEST_WAIT = 1.0  # seconds: runs that another process asks for are seen by then
_WAIT_FOR_RUNS = 0.1
_MOST_CAUGHT_UP = 1000  # runs of one deployment


def _now() -> datetime:
    return datetime.now(timezone.utc)


def _silent(line: str) -> None:  # noqa: ARG001
    return None


@dataclass(frozen=True)
class Settings:
    """How to serve. `limit` is the most runs of this process at one time."""

    limit: int | None = None
    pause_on_shutdown: bool = True
    catch_up: CatchUp = "all"
    clock: Callable[[], datetime] = _now
    launcher: Launcher = child_process
    say: Callable[[str], None] = _silent


@dataclass
class Server:
    """One process that serves; `start` before the first `turn`, `stop` after the last."""

    store: Store
    deployments: Sequence[RunnerDeployment]
    settings: Settings = field(default_factory=Settings)
    id: str = field(default_factory=lambda: f"{os.getpid()}-{uuid4().hex[:8]}")
    running: dict[str, Handle] = field(default_factory=dict)

    def start(self) -> None:
        """Write the deployments down. One that was paused goes on from now, not from then."""
        self._lock = hold(self.store, self.id)
        with self.store.changing() as change:
            self._recover(change)
            for deployment in self.deployments:
                before = row_of(change, deployment)
                write(change, deployment)
                if before is None or before["paused"] or before["known_until"] is None:
                    self._know(change, deployment, self.settings.clock())
                else:
                    self._schedule(change, deployment, self.settings.catch_up)

    def turn(self) -> None:
        """Note what ended, write down what is due, start what may start."""
        self._reap()
        with self.store.changing() as change:
            self._recover(change)
            for deployment in self.deployments:
                self._schedule(change, deployment, "all")
            claimed = self._claim(change)
        for deployment, run in claimed:
            self.settings.say(f"{run.deployment}: {run.name} (due {run.due}) starts")
            self.running[run.id] = self.settings.launcher(deployment, run, self.store.path)

    def stop(self) -> None:
        """End what runs; pause the schedules when that was asked for."""
        for run_id, handle in list(self.running.items()):
            handle.stop()
            self._ended(run_id, "it was stopped with the process that served it")
        if self.settings.pause_on_shutdown:
            with self.store.changing() as change:
                for deployment in self.deployments:
                    set_paused(change, deployment.full_name, True, self.settings.clock())
        let_go(self._lock)

    def idle(self) -> bool:
        """Whether nothing runs and nothing that is due waits."""
        ours = [each.full_name for each in self.deployments]
        now = to_text(self.settings.clock())
        waiting = self.store.runs("state = 'SCHEDULED' AND due <= ?", now)
        return not self.running and not any(run.deployment in ours for run in waiting)

    def pause_before_next(self) -> float:
        """Seconds until there may be something to do."""
        if self.running:
            return _WAIT_FOR_RUNS
        now = self.settings.clock()
        firsts = [next_date(each, now) for each in self.deployments]
        waits = [(date - now).total_seconds() for date in firsts if date is not None]
        return min([max(wait, 0.01) for wait in waits] + [_LONGEST_WAIT])

    def _reap(self) -> None:
        for run_id, handle in list(self.running.items()):
            code = handle.poll()
            if code is not None:
                self._ended(run_id, f"its process ended with exit code {code}")

    def _ended(self, run_id: str, how: str) -> None:
        del self.running[run_id]
        message = f"The run came to no end: {how}."
        self.store.finish(run_id, "CRASHED", "Crashed", message, self.settings.clock())
        run = self.store.run(run_id)
        self.settings.say(f"{run.deployment}: {run.name}: {run.state_name}")

    def _recover(self, change: sqlite3.Connection) -> None:
        """Runs of a process that is no more have crashed; they are not run again."""
        open_runs = f"SELECT id, server FROM runs WHERE state IN {OPEN}"  # noqa: S608  # ours
        for row in change.execute(open_runs).fetchall():
            if row["server"] != self.id and not alive(self.store, row["server"]):
                text = "The process that served this run ended before the run did."
                finish(change, row["id"], "CRASHED", "Crashed", text, self.settings.clock())

    def _schedule(
        self, change: sqlite3.Connection, deployment: RunnerDeployment, catch_up: CatchUp
    ) -> None:
        row, now = row_of(change, deployment), self.settings.clock()
        assert row is not None
        if not row["paused"] and row["known_until"] is not None:
            after = datetime.fromisoformat(row["known_until"])
            missed = due(deployment, after, now)
            wanted = due(deployment, after, now, catch_up)[-_MOST_CAUGHT_UP:]
            if len(wanted) < len(missed):
                left = len(missed) - len(wanted)
                self.settings.say(
                    f"{deployment.full_name}: {left} dates since {after} are left out"
                )
            for each in wanted:
                insert(change, deployment, each.at, each.parameters, each.key)
        if row["known_until"] is None or row["known_until"] < to_text(now):
            self._know(change, deployment, now)

    def _know(self, change: sqlite3.Connection, deployment: RunnerDeployment, at: datetime) -> None:
        change.execute(
            "UPDATE deployments SET known_until = ? WHERE name = ?",
            (to_text(at), deployment.full_name),
        )

    def _claim(self, change: sqlite3.Connection) -> list[tuple[RunnerDeployment, StoredRun]]:
        """The runs that this process starts now, which no other can claim any more."""
        ours = {each.full_name: each for each in self.deployments}
        rows = change.execute(
            "SELECT * FROM runs WHERE state = 'SCHEDULED' AND due <= ? ORDER BY due, key, id",
            (to_text(self.settings.clock()),),
        ).fetchall()
        claimed: list[tuple[RunnerDeployment, StoredRun]] = []
        for row in rows:
            deployment = ours.get(row["deployment"])
            full = self.settings.limit is not None and (
                len(self.running) + len(claimed) >= self.settings.limit
            )
            if deployment is None or full or at_its_limit(change, deployment):
                continue
            change.execute(
                "UPDATE runs SET state = 'PENDING', state_name = 'Pending', server = ? WHERE id = ?",
                (self.id, row["id"]),
            )
            claimed.append((deployment, StoredRun(**dict(row))))
        return claimed
