from __future__ import annotations

import pytest
from flowlight import flow, task


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
