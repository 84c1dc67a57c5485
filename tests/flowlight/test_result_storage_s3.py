"""Results in S3, against a real server of its protocol (moto's) in a process of its own."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from result_scripts import run

SCRIPT = """
    import os
    from prefect import flow, task
    from prefect.cache_policies import INPUTS
    from prefect.filesystems import RemoteFileSystem
    settings = {
        "key": "key",
        "secret": "secret",
        "client_kwargs": {"endpoint_url": os.environ["S3"]},
    }
    block = RemoteFileSystem(basepath="s3://bucket/folder", settings=settings)
    block.save("s3")
    block.filesystem.mkdir("bucket")
    @task(cache_policy=INPUTS, result_storage=block, result_serializer="json")
    def one(x):
        return [x]
    @flow(result_storage="remote-file-system/s3")
    def main():
        return [one(1), one(1), one.submit(2).result()]
    print(main())
    print(one(1, return_state=True).name, one(2, return_state=True).name, one(3))
    print(len(block.filesystem.ls("bucket/folder")))
    print(b'"result":"[1]"' in block.read_path(one.cache_policy.compute_key(None, {"x": 1}, {})))
    block.write_path("sub/file", b"content")
    block.get_directory("sub", "copy")
    print(open("copy/file").read(), block.put_directory("copy", "back"), block.read_path("back/file"))
    gone = RemoteFileSystem(basepath="s3://no-such-bucket/folder", settings=settings)
    gone.save("gone")
    print(one.with_options(result_storage=gone)(1, return_state=True).name)
"""


@pytest.fixture
def s3(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with (tmp_path / "server.log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=tmp_path)
    try:
        _wait(f"http://127.0.0.1:{port}/moto-api/", server, tmp_path / "server.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310  # our own address
            return
        time.sleep(0.1)
    raise RuntimeError(f"the S3 server did not start:\n{log.read_text()}")


def test_results_are_kept_in_s3_and_reused_from_there(tmp_path: Path, s3: str) -> None:
    assert run(tmp_path, SCRIPT, S3=s3) == [
        "[[1], [1], [2]]",
        "Cached Cached [3]",
        "4",  # three of the task, one of the flow
        "True",
        "content 1 b'content'",
        "Completed",
    ]


def test_without_the_driver_the_way_to_get_it_is_said(tmp_path: Path) -> None:
    source = """
        import sys
        sys.modules["s3fs"] = None  # as if it were not installed
        from prefect.filesystems import RemoteFileSystem
        try:
            RemoteFileSystem(basepath="s3://bucket").write_path("x", b"")
        except NotImplementedError as error:
            print("pip install 'dagferry[s3]'" in str(error))
    """
    assert run(tmp_path, source) == ["True"]
