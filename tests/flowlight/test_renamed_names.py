"""Names of Prefect 2: each is told of with what stands in its place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from flowlight import flow, task
from flowlight.named_states import Completed

IMPORTS = [
    ("from prefect.orion.schemas.schedules import CronSchedule", "prefect.schedules.Cron"),
    ("from prefect.engine import pause_flow_run", "are in prefect.flow_runs"),
    ("import prefect.engine", "calling the flow itself"),
    ("from prefect.agent import PrefectAgent", "workers"),
    ("from prefect.infrastructure import Process", "workers"),
    ("from prefect.filesystems import S3", "RemoteFileSystem(basepath='s3://bucket/folder')"),
    ("from prefect.filesystems import GitHub", "clone the repository"),
    ("from prefect.results import PersistedResult", "ResultStore"),
    ("from prefect import Parameter", "argument of the flow function"),
    ("from prefect.task_runners import DaskTaskRunner", "prefect_dask"),
    ("from prefect.futures import resolve_futures_to_data", "resolve_futures_to_results"),
    ("from prefect.assets import materialize", "use @task in place of @materialize"),
    ("from prefect import get_client", "`flowlight runs` shows what ran"),
    ("from prefect.client.orchestration import get_client", "run_deployment"),
    ("from prefect.workers.base import BaseWorker", "flow.serve()"),
    ("from prefect.runner.storage import GitRepository", "from_source('/folder'"),
    ("from prefect.automations import Automation", "hooks"),
    ("from prefect import nonsense", "run this file on Prefect itself"),
]


@pytest.mark.parametrize(("line", "advice"), IMPORTS)
def test_an_old_import_names_the_replacement(line: str, advice: str, tmp_path: Path) -> None:
    script = tmp_path / "old.py"
    script.write_text(line + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "flowlight", str(script)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert advice in done.stderr


def test_old_attributes_of_futures_name_the_replacement() -> None:
    @flow
    def main() -> None:
        future = task(lambda: 1).submit()
        with pytest.raises(AttributeError, match=r"get_state.*future\.state"):
            future.get_state()
        with pytest.raises(AttributeError, match=r"result_async.*future\.result"):
            future.result_async()
        with pytest.raises(AttributeError, match=r"no attribute 'nonsense'$"):
            future.nonsense()

    main()


def test_fetch_of_a_result_is_no_more() -> None:
    with pytest.raises(TypeError, match="`fetch` since Prefect 3"):
        Completed(data=1).result(fetch=True)
