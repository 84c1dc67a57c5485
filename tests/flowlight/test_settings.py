from __future__ import annotations

import pytest
from flowlight import flow, task
from flowlight.process_pool import ProcessPoolTaskRunner
from flowlight.task_runners import ThreadPoolTaskRunner


def test_default_retries_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_TASKS_DEFAULT_RETRIES", "3")
    monkeypatch.setenv("PREFECT_TASK_DEFAULT_RETRY_DELAY_SECONDS", "[1, 2.5]")
    monkeypatch.setenv("PREFECT_FLOW_DEFAULT_RETRIES", "2")
    monkeypatch.setenv("PREFECT_FLOWS_DEFAULT_RETRY_DELAY_SECONDS", "0.5")
    one, main = task(lambda: 1), flow(lambda: 1)
    assert (one.retries, one.retry_delay_seconds) == (3, [1, 2.5])
    assert (main.retries, main.retry_delay_seconds) == (2, 0.5)
    assert task(retries=0)(lambda: 1).retries == 0
    assert flow(retries=0, retry_delay_seconds=0)(lambda: 1).retry_delay_seconds == 0


@pytest.mark.parametrize("text", ["many", "true", "[1]", "null"])
def test_a_setting_that_is_no_number_is_an_error(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_FLOWS_DEFAULT_RETRIES", text)
    with pytest.raises(ValueError, match="PREFECT_FLOWS_DEFAULT_RETRIES: expected a number"):
        flow(lambda: 1)


def test_the_number_of_workers_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_TASKS_RUNNER_THREAD_POOL_MAX_WORKERS", "8")
    monkeypatch.setenv("PREFECT_TASKS_RUNNER_PROCESS_POOL_MAX_WORKERS", "2")
    assert ThreadPoolTaskRunner() == ThreadPoolTaskRunner(max_workers=8)
    assert ProcessPoolTaskRunner() == ProcessPoolTaskRunner(max_workers=2)
    assert ThreadPoolTaskRunner(max_workers=3) == ThreadPoolTaskRunner(max_workers=3)


def test_a_number_of_workers_that_is_none_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_TASK_RUNNER_THREAD_POOL_MAX_WORKERS", "0")
    with pytest.raises(ValueError, match="expected a number of at least 1, found '0'"):
        ThreadPoolTaskRunner()
