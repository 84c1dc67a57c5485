"""A DAG that misbehaves is incomplete, says why, and harms no other DAG of its batch."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest
from dagferry.parity import DagReport, VerifyOptions, verify
from dagferry.parity.scratch import snapshot
from dagferry.parity.supervise import leave_network
from dagferry.pipeline import convert_input
from dagferry.report.records import to_json
from dagferry.source.discover import read_input
from dagferry.writing import write_file
from mishaps import HANGS, MISHAPS, Mishap, dag_file

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what Linux alone can do is shown")
GOOD = {
    "binary": "import os, subprocess\nprint('\\udce4\\x00')\nos.write(1, b'\\xff\\x00')\n"
    "os.write(2, b'\\xff\\x00')\nsubprocess.run(['head', '-c', '999', '/dev/urandom'])",
    "forks_properly": "import os\npid = os.fork()\nif not pid:\n    os._exit(0)\nos.waitpid(pid, 0)",
    "pool": "import multiprocessing\nwith multiprocessing.Pool(1) as pool:\n    return pool.map(abs, [-1])",
    "plain": "return 1",
    "binary_by_python": "import subprocess, sys\n"
    "sys.stdout.buffer.write(bytes(range(256)) + 'ä'.encode()[:1])\n"
    "sys.stdout.buffer.write('ä'.encode()[1:])\n"
    "subprocess.run(['echo', 'x'], stdout=sys.stdout, check=True)",
    "ends_by_no_other_way": "import os, sys\nos._exit = sys.exit = lambda *_: None",
    "talks_to_itself": "import multiprocessing, os, socket\nplace = 'socket'\n"
    "with socket.socket(socket.AF_UNIX) as one, socket.socket(socket.AF_UNIX) as other:\n"
    "    one.bind(place)\n    one.listen()\n    other.connect(os.path.abspath(place))\n"
    "socket.gethostbyname(socket.gethostname()), socket.getfqdn()\n"
    "with multiprocessing.Manager() as manager:\n    return list(manager.list([1]))",
    "looks_like_a_type": "return [{'$type': 'dict'}, {'$type': 'datetime', 'value': 'no'}]",
    "prints_like_a_bar": "print('a\\rb\\x0bc\\x85d\\u2028e')\nprint('f', end='')",
}


def batch(folder: Path, bad: dict[str, Mishap], timeout: float) -> dict[str, DagReport]:
    files = {name: dag_file(name, one.top, one.body) for name, one in bad.items()}
    return verified(
        folder, {**files, **{n: dag_file(n, "", body) for n, body in GOOD.items()}}, timeout
    )


def verified(
    folder: Path, files: dict[str, str], timeout: float, broken: str = ""
) -> dict[str, DagReport]:
    """`broken`: what stands in the flows in place of `return 1`."""
    dags, flows = folder / "dags", folder / "flows"
    dags.mkdir()
    for name, text in files.items():
        (dags / f"{name}.py").write_text(text)
    conversion = convert_input(read_input([dags]))
    for path, data in conversion.outputs.items():
        if broken and path in {f"{name}.py" for name in files}:
            assert data.count(b"return 1") == 1
            data = data.replace(b"return 1", broken.encode())
        write_file(flows / path, data)
    options = VerifyOptions(timeout=timeout, memory=512 << 20, jobs=2)
    report = verify(dags, flows, to_json(conversion.files), options)
    return {dag.dag_id: dag for dag in report.dags}


@pytest.fixture(scope="module")
def ended(tmp_path_factory):
    return batch(tmp_path_factory.mktemp("mishaps"), MISHAPS, 90)


@pytest.fixture(scope="module")
def hung(tmp_path_factory):
    return batch(tmp_path_factory.mktemp("hangs"), HANGS, 12)


@pytest.mark.parametrize("name", MISHAPS)
def test_a_mishap_is_incomplete_and_says_why(ended, name):
    assert ended[name].verdict == "incomplete"
    assert MISHAPS[name].reason in str(ended[name].reason)
    assert not ended[name].fault


@pytest.mark.parametrize("name", HANGS)
def test_what_does_not_end_is_incomplete_and_says_so(hung, name):
    assert hung[name].verdict == "incomplete"
    assert HANGS[name].reason in str(hung[name].reason)


@pytest.mark.parametrize("name", GOOD)
def test_the_others_of_the_batch_are_equal_as_ever(ended, name):
    assert (ended[name].reason, ended[name].verdict) == (None, "equal")


@pytest.mark.parametrize("seconds", ["86391", "86392"])
def test_no_process_is_left(ended, seconds):
    listed = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if _readable(path)]
    assert f"sleep\0{seconds}\0".encode() not in listed


def _readable(path: Path) -> bool:
    try:
        path.read_bytes()
    except OSError:
        return False
    return True


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("import os; os.chdir('/'); return 1", "changed the working directory"),
        ("x = bytearray(600 << 20); return 1", "task work ran out of memory"),
        (
            "import socket; socket.create_connection(('10.0.0.1', 80))",
            "task work: socket.getaddrinfo 10.0.0.1:80: the network is off",
        ),
        ("import os; os._exit(0)", "the process ended before the run did"),
    ],
)
def test_a_mishap_of_the_flow_is_incomplete_as_well(tmp_path, broken, reason):
    found = verified(tmp_path, {"plain": dag_file("plain", "", "return 1")}, 60, broken)["plain"]
    assert found.verdict == "incomplete"
    assert str(found.reason).startswith("the flow could not be run")
    assert reason in str(found.reason)


def test_programs_that_know_no_guard_find_no_network_where_the_system_can_take_it_away(tmp_path):
    code = "import socket; socket.create_connection(('10.0.0.1', 80), 1)"
    body = f"import subprocess, sys\nsubprocess.run([sys.executable, '-I', '-S', '-c', {code!r}])"
    found = verified(tmp_path, {"other": dag_file("other", "", body)}, 60)["other"]
    reason = "a program looked for the network, which is off; see --allow-network"
    if _can_leave_the_network():
        assert (found.verdict, reason in str(found.reason)) == ("incomplete", True)
    else:
        assert reason not in str(found.reason)


def _can_leave_the_network() -> bool:
    pid = os.fork()
    if not pid:
        try:
            os._exit(not leave_network())
        finally:
            os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def test_the_digest_of_a_file_does_not_depend_on_where_the_mask_lies(tmp_path):
    mask = "/tmp/scratch"
    for shift in range(-len(mask) - 1, 2):
        plain = b"x" * ((1 << 20) + shift) + b"tail"
        masked = b"x" * ((1 << 20) + shift) + mask.encode() + b"tail"
        for name, content in (("plain", plain), ("masked", masked)):
            (tmp_path / name).write_bytes(content)
        found = snapshot(tmp_path, mask)
        assert found["plain"] == found["masked"] == hashlib.sha256(plain).hexdigest()
