"""Deployments in one process, and where flowlight differs from Prefect on purpose."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from flowlight.deployments.store import Store
from flowlight.errors import NotSupported
from serving_kit import prefect_is_flowlight, write_flow

__all__ = ["prefect_is_flowlight"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FLOWLIGHT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def work(tmp_path: Path) -> Any:
    from prefect import flow

    write_flow(tmp_path)
    return flow.from_source(tmp_path, "work_flow.py:work")


def test_run_deployment_runs_here_what_was_made_here(work: Any) -> None:
    from prefect.deployments import run_deployment

    work.to_deployment("d", parameters={"x": 4}, tags=["t"]).apply()
    run = run_deployment("work/d", flow_run_name="mine", tags=["u"])
    assert (run.name, run.state.name, run.state.data, run.tags) == (
        "mine",
        "Completed",
        4,
        ["t", "u"],
    )
    assert run.parent is None


def test_run_deployment_in_a_flow_is_a_subflow_unless_told_otherwise(work: Any) -> None:
    from prefect import flow
    from prefect.deployments import run_deployment

    work.to_deployment("d").apply()
    parents: list[str | None] = []

    @flow
    def outer() -> None:
        for as_subflow in (True, False):
            run = run_deployment("work/d", as_subflow=as_subflow)
            parents.append(run.parent.flow.name if run.parent else None)

    outer()
    assert parents == ["outer", None]


def test_a_run_that_fails_is_returned_and_not_raised(tmp_path: Path) -> None:
    from prefect import flow
    from prefect.deployments import arun_deployment, run_deployment

    write_flow(
        tmp_path, "from prefect import flow\n\n\n@flow\ndef work():\n    raise ValueError('no')\n"
    )
    flow.from_source(tmp_path, "work_flow.py:work").to_deployment("d").apply()
    assert run_deployment("work/d").state.name == "Failed"
    assert asyncio.run(arun_deployment("work/d")).state.name == "Failed"


def test_a_run_that_nobody_serves_is_returned_as_it_is_after_the_timeout(
    work: Any, home: Path
) -> None:
    from prefect.deployments import run_deployment

    work.to_deployment("d").apply()
    run = run_deployment("work/d", timeout=0.2, poll_interval=0.1)
    assert run.state.name == "Scheduled"
    assert [each.id for each in Store(home / "serve.sqlite").runs()] == [str(run.id)]


def test_deployment_of_prefect_2_works_and_names_what_replaces_it(tmp_path: Path) -> None:
    """The seed document's section 5.1, with its own spelling."""
    source = (
        "from prefect import flow\n"
        "from prefect.deployments import Deployment\n"
        "from prefect.server.schemas.schedules import CronSchedule\n\n\n"
        "@flow\n"
        "def my_etl_flow(date: str = None):\n"
        "    from datetime import datetime\n\n"
        "    date = date or datetime.now().strftime('%Y-%m-%d')\n"
        "    print(f'Running ETL for {date}')\n\n\n"
        "deployment = Deployment.build_from_flow(\n"
        "    flow=my_etl_flow,\n"
        "    name='daily-etl',\n"
        "    version='1.0',\n"
        "    tags=['production', 'etl'],\n"
        "    schedule=CronSchedule(cron='0 6 * * *'),\n"
        "    parameters={'date': None},\n"
        "    work_pool_name='default-agent-pool',\n"
        ")\n"
        "deployment.apply()\n"
    )
    path = tmp_path / "seed_deployment.py"
    path.write_text(source)
    space: dict[str, Any] = {"__file__": str(path), "__name__": "seed_deployment"}
    sys.modules["seed_deployment"] = SimpleNamespace(**space)  # type: ignore[assignment]
    try:
        with pytest.warns((DeprecationWarning, UserWarning)) as seen:
            exec(compile(source, str(path), "exec"), space)  # noqa: S102  # the document's own code
    finally:
        del sys.modules["seed_deployment"]
    told = [str(each.message) for each in seen]
    assert any("flow.to_deployment(name=...)" in text for text in told)
    assert any("'default-agent-pool' is not used" in text for text in told)
    made = space["deployment"]
    assert (made.full_name, made.version, made.tags) == (
        "my-etl-flow/daily-etl",
        "1.0",
        ["production", "etl"],
    )
    assert [each.schedule.cron for each in made.schedules] == ["0 6 * * *"]


def test_what_needs_a_work_pool_says_that_there_are_none(work: Any) -> None:
    from prefect import deploy
    from prefect.settings import PREFECT_DEFAULT_WORK_POOL_NAME, temporary_settings

    with pytest.raises(NotSupported, match="no work pools, workers or images yet"):
        work.deploy("d", work_pool_name="pool", image="x")
    by_setting = temporary_settings({PREFECT_DEFAULT_WORK_POOL_NAME: "pool"})
    with by_setting, pytest.raises(NotSupported, match="no work pools, workers or images yet"):
        work.deploy("d")
    with pytest.raises(ValueError, match="No work pool name provided"):
        work.deploy("d")
    with pytest.raises(ValueError, match="Invalid cron"):
        work.deploy("d", work_pool_name="pool", cron="x")
    with pytest.raises(NotSupported, match="no work pools"):
        deploy(work.to_deployment("d"), work_pool_name="pool", image="x")
    with pytest.raises(NotSupported, match="work_pool_name='pool': there are no work pools"):
        work.to_deployment("d", work_pool_name="pool").apply()


def test_job_variables_of_prefect_2_that_nothing_reads_are_refused(work: Any) -> None:
    from flowlight.deployments.legacy import Deployment

    with pytest.warns(DeprecationWarning, match="build_from_flow"):
        made = Deployment.build_from_flow(
            work, "d", work_pool_name="pool", job_variables={"image": "x"}
        )
    with (
        pytest.warns(UserWarning, match="'pool' is not used"),
        pytest.raises(NotSupported, match=r"honours 'env' only, found: \['image'\]"),
    ):
        made.apply()


@pytest.mark.parametrize("option", [{"max_scheduled_runs": 3}, {"replaces": "old"}])
def test_an_option_of_a_schedule_that_would_do_nothing_is_refused(
    work: Any, option: dict[str, Any]
) -> None:
    from prefect.client.schemas.actions import DeploymentScheduleCreate
    from prefect.client.schemas.schedules import CronSchedule

    schedule = DeploymentScheduleCreate(schedule=CronSchedule(cron="0 6 * * *"), **option)
    made = work.to_deployment("d", schedules=[schedule])
    with pytest.raises(NotSupported, match=next(iter(option))):
        made.apply()


@pytest.mark.parametrize(
    "options",
    [
        {"client": object()},
        {"work_queue_name": "q"},
        {"job_variables": {"a": 1}},
    ],
)
def test_run_deployment_refuses_what_it_would_not_honour(
    work: Any, options: dict[str, Any]
) -> None:
    from prefect.deployments import run_deployment

    work.to_deployment("d").apply()
    with pytest.raises(NotSupported):
        run_deployment("work/d", timeout=0, **options)


def test_options_that_nothing_would_honour_are_refused(work: Any) -> None:
    from prefect import serve

    for options in ({"triggers": [object()]}, {"version_type": "vcs:git"}, {"_sla": [object()]}):
        with pytest.raises(NotSupported):
            work.to_deployment("d", **options)
    with pytest.raises(NotSupported):
        work.serve(webserver=True)
    with pytest.raises(NotSupported):
        serve(work.to_deployment("d"), query_seconds=3)
    with pytest.raises(NotSupported):
        type(work).from_source("https://example.com/repository.git", "flow.py:f")


def test_serve_says_that_a_work_pool_is_not_used(
    work: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flowlight.deployments import serve

    served: list[Any] = []
    monkeypatch.setattr(serve, "serve_until_told", served.append)
    made = work.to_deployment("d", work_pool_name="pool")
    with pytest.warns(UserWarning, match="Work pools are not necessary"):
        serve.serve(made, print_starting_message=False)
    assert made.work_pool_name is None
    assert len(served) == 1


def test_a_run_for_later_waits_in_the_store(work: Any, home: Path) -> None:
    from prefect.deployments import run_deployment

    work.to_deployment("d").apply()
    at = datetime(2099, 1, 1, tzinfo=timezone.utc)
    run_deployment("work/d", scheduled_time=at, timeout=0)
    (run,) = Store(home / "serve.sqlite").runs()
    assert (run.due_at, run.state, run.automatic) == (at, "SCHEDULED", 0)


@pytest.mark.parametrize("kind", ["async def", "def"])
def test_asynchronous_and_generator_flows_run_too(tmp_path: Path, kind: str) -> None:
    from prefect import flow
    from prefect.deployments import run_deployment

    body = "    (here / 'ran').touch()\n    yield 1\n    yield 2\n    (here / 'ended').touch()\n"
    text = f"import pathlib\nfrom prefect import flow\n\nhere = pathlib.Path({str(tmp_path)!r})\n"
    write_flow(tmp_path, f"{text}\n\n@flow\n{kind} work():\n{body}")
    flow.from_source(tmp_path, "work_flow.py:work").to_deployment("d").apply()
    assert run_deployment("work/d").state.name == "Completed"
    assert (tmp_path / "ended").exists()


def test_a_coroutine_is_awaited(tmp_path: Path) -> None:
    from prefect import flow
    from prefect.deployments import run_deployment

    write_flow(tmp_path, "from prefect import flow\n\n\n@flow\nasync def work():\n    return 3\n")
    flow.from_source(tmp_path, "work_flow.py:work").to_deployment("d").apply()
    assert run_deployment("work/d").state.data == 3


def test_run_deployment_is_awaited_in_asynchronous_code(work: Any) -> None:
    from prefect.deployments import run_deployment
    from prefect.exceptions import FlowRunWaitTimeout, ObjectNotFound
    from prefect.flow_runs import wait_for_flow_run

    async def main() -> None:
        await work.to_deployment("d", parameters={"x": 4}, _sync=True).apply()
        run = await run_deployment("work/d")
        assert run.state.data == 4
        waiting = await run_deployment("work/d", timeout=0)
        assert waiting.state.name == "Scheduled"
        with pytest.raises(FlowRunWaitTimeout, match="exceeded watch timeout of 0 seconds"):
            await wait_for_flow_run(waiting.id, timeout=0)
        with pytest.raises(ObjectNotFound):
            await wait_for_flow_run(UUID(int=1))

    asyncio.run(main())


def test_parameters_are_kept_as_the_json_of_their_values(tmp_path: Path) -> None:
    from flowlight.deployments.registry import find
    from prefect import flow
    from prefect.blocks.system import Secret

    Secret(value="s").save("kept")
    (tmp_path / "dated.py").write_text(
        "from prefect import flow\n@flow\ndef dated(day=None, secret=None): return day, secret\n"
    )
    dated = flow.from_source(tmp_path, "dated.py:dated")
    given = {"day": datetime(2024, 1, 2, tzinfo=timezone.utc), "secret": Secret.load("kept")}
    dated.to_deployment("d", parameters=given).apply()
    found = find("dated/d", Store(home_of(tmp_path)))
    assert found is not None
    assert found.parameters["day"] == "2024-01-02T00:00:00Z"
    assert list(found.parameters["secret"]) == ["$ref"]
    assert dated(**found.parameters)[1].get() == "s"
    with pytest.raises(ValueError, match="the parameter 'day' is not JSON"):
        dated.to_deployment("e", parameters={"day": object()}).apply()


def home_of(tmp_path: Path) -> Path:
    from flowlight.deployments.store import default_path

    assert default_path().is_relative_to(tmp_path)
    return default_path()
