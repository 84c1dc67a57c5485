"""A package as Prefect's integrations are built: its blocks work, its worker is a stand-in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_BLOCKS = """\
from prefect import task
from prefect._internal.compatibility.async_dispatch import async_dispatch
from prefect.blocks.abstract import CredentialsBlock, JobBlock, JobRun
from prefect.filesystems import WritableDeploymentStorage, WritableFileSystem
from prefect.utilities.asyncutils import run_sync_in_worker_thread
from prefect.utilities.pydantic import lookup_type


class Login(CredentialsBlock):
    _block_type_slug = "test-login"
    user: str

    def get_client(self):
        return {"user": self.user}


class Bucket(WritableFileSystem, WritableDeploymentStorage):
    _block_type_slug = "test-bucket"
    login: Login
    folder: str

    async def aread_path(self, path):
        return await run_sync_in_worker_thread(self.read_path, path, _sync=True)

    @async_dispatch(aread_path)
    def read_path(self, path):
        with open(f"{self.folder}/{path}", "rb") as file:
            return file.read()

    def write_path(self, path, content):
        with open(f"{self.folder}/{path}", "wb") as file:
            file.write(content)

    def get_directory(self, from_path=None, local_path=None):
        raise NotImplementedError

    def put_directory(self, local_path=None, to_path=None, ignore_file=None):
        raise NotImplementedError


@task
async def aload(bucket, path):
    return await bucket.aread_path(path)


@async_dispatch(aload)
def load(bucket, path):
    return bucket.read_path(path)
"""
_WORKER = """\
from prefect.bundles import BundleLauncher
from prefect.client.schemas.objects import FlowRun, WorkPool
from prefect.client.orchestration import get_client
from prefect.plugins import register_hook
from prefect.settings.base import PrefectBaseSettings, build_settings_config
from prefect.workers.base import BaseJobConfiguration, BaseWorker, BaseWorkerResult
from pydantic import BaseModel, Field


class Configuration(BaseJobConfiguration):
    image: str = Field(default="x")


class OwnWorker(BaseWorker[Configuration, BaseModel, BaseWorkerResult]):
    type = "own"


class OwnSettings(PrefectBaseSettings):
    model_config = build_settings_config(("integrations", "own"))
    queue: str = "default"
    size: int = 1


class HasPool(BaseModel):
    pool: WorkPool | None = None


@register_hook
def hook():
    return "hook"
"""


def _run(folder: Path, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    package = folder / "prefect_of_test"
    package.mkdir()
    (package / "__init__.py").write_text("from .blocks import Bucket, Login, load\n")
    (package / "blocks.py").write_text(_BLOCKS)
    (package / "worker.py").write_text(_WORKER)
    (folder / "script.py").write_text(script)
    return subprocess.run(
        [sys.executable, "-m", "flowlight", "script.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "FLOWLIGHT_HOME": str(folder / "home"), **environment},
    )


def test_blocks_of_a_package_keep_results_and_files(tmp_path: Path) -> None:
    done = _run(
        tmp_path,
        "import os\n"
        "from prefect import flow, task\n"
        "from prefect_of_test import Bucket, Login, load\n"
        "os.mkdir('there')\n"
        "Bucket(login=Login(user='me'), folder='there').save('kept')\n"
        "bucket = Bucket.load('kept')\n"
        "bucket.write_path('a', b'b')\n"
        "@task(persist_result=True)\n"
        "def one(): return 1\n"
        "@flow(result_storage=bucket)\n"
        "def main(): return load(bucket, 'a'), one(), bucket.login.get_client()\n"
        "print(main(), len(os.listdir('there')))\n",
    )
    assert done.stdout == "(b'b', 1, {'user': 'me'}) 3\n", done.stderr


def test_the_worker_of_a_package_is_imported_and_raises_when_it_is_used(tmp_path: Path) -> None:
    done = _run(
        tmp_path,
        "from prefect_of_test.worker import HasPool, OwnSettings, OwnWorker, get_client, hook\n"
        "print(hook(), HasPool().pool, OwnSettings())\n"
        "for use in (OwnWorker, get_client):\n"
        "    try: use()\n"
        "    except Exception as error: print(type(error).__name__, str(error).partition(',')[0])\n",
        PREFECT_INTEGRATIONS_OWN_QUEUE="mine",
    )
    assert done.stdout.splitlines() == [
        "hook None queue='mine' size=1",
        "NotSupported flowlight has no prefect.workers.base.BaseWorker",
        "NotSupported flowlight has no prefect.client.orchestration.get_client",
    ], done.stderr


@pytest.mark.parametrize(
    "line",
    [
        "from prefect.workers.base import BaseWorker",
        "from prefect.client.orchestration import get_client",
        "from prefect.bundles import BundleLauncher",
        "import prefect.workers",
        "from prefect.context import AssetContext",
    ],
)
def test_a_script_is_given_no_stand_ins(tmp_path: Path, line: str) -> None:
    done = _run(tmp_path, f"{line}\n")
    assert done.returncode == 1
    assert "ImportError: flowlight has no " in done.stderr
