"""Child processes: they end in time, with their whole family, and see no network."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from dagferry.parity.process import Child, Watch, environment, kill_all, run_child


def child(tmp_path: Path, code: str, *, timeout: float = 20.0, network: bool = False, **base: str):
    variables = environment({**os.environ, **base}, tmp_path, Watch(network))
    return Child([sys.executable, "-c", code], tmp_path, variables, timeout)


def gone(pid: int) -> bool:
    for _ in range(100):
        try:
            os.kill(pid, 0)
            stat = Path(f"/proc/{pid}/stat")
            if stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def test_the_reason_is_the_last_line_on_stderr(tmp_path):
    ended = run_child(
        child(tmp_path, "import sys; print('a\\nb\\n', file=sys.stderr); sys.exit(2)")
    )
    assert (ended.code, ended.reason) == (2, "b")


def test_a_silent_end_says_its_exit_code(tmp_path):
    assert run_child(child(tmp_path, "import os; os._exit(7)")).reason == (
        "exit code 7, nothing on stderr"
    )


def test_a_child_that_takes_too_long_is_ended(tmp_path):
    started = time.monotonic()
    code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    ended = run_child(child(tmp_path, code, timeout=0.5))
    assert ended.code is None
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("rest", ["", "time.sleep(60)"])
def test_grandchildren_end_with_the_child(tmp_path, rest):
    code = (
        "import subprocess, sys, time, pathlib\n"
        "one = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"pathlib.Path('pid').write_text(str(one.pid))\n{rest}"
    )
    run_child(child(tmp_path, code, timeout=3))
    assert gone(int((tmp_path / "pid").read_text()))


def test_everything_that_runs_can_be_ended_at_once(tmp_path):
    ended = []
    thread = threading.Thread(
        target=lambda: ended.append(run_child(child(tmp_path, "import time; time.sleep(60)")))
    )
    thread.start()
    for _ in range(200):
        kill_all()
        thread.join(0.05)
        if ended:
            break
    assert ended[0].code not in (0, None)


CONNECT = (
    "import socket\n"
    "one = socket.socket(socket.AF_INET, socket.SOCK_STREAM)\n"
    "one.settimeout(2)\n"
    "one.connect(('127.0.0.1', 9))\n"
)


@pytest.mark.parametrize(
    "code",
    [
        CONNECT,
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
        "import socket; socket.getaddrinfo('example.invalid', 80)",
        "import socket; s = socket.socket(type=socket.SOCK_DGRAM); s.sendto(b'', ('127.0.0.1', 9))",
    ],
)
def test_the_network_is_off(tmp_path, code):
    ended = run_child(child(tmp_path, code))
    assert ended.code == 1
    assert "the network is off while dagferry verifies" in ended.stderr


def test_only_the_server_of_the_engine_can_be_reached(tmp_path):
    allowed = child(tmp_path, CONNECT, DAGFERRY_SERVER="127.0.0.1:9")
    assert "ConnectionRefusedError" in run_child(allowed).stderr
    other = child(tmp_path, CONNECT, DAGFERRY_SERVER="127.0.0.1:99")
    assert "the network is off" in run_child(other).stderr


def test_the_network_is_off_in_grandchildren(tmp_path):
    code = f"import subprocess, sys; sys.exit(subprocess.call([sys.executable, '-c', {CONNECT!r}]))"
    assert "the network is off" in run_child(child(tmp_path, code)).stderr


def test_the_network_is_there_when_it_is_allowed(tmp_path):
    ended = run_child(child(tmp_path, CONNECT, network=True))
    assert "ConnectionRefusedError" in ended.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no AF_UNIX")
def test_sockets_of_the_machine_itself_stay_open(tmp_path):
    code = (
        "import socket\n"
        "server = socket.socket(socket.AF_UNIX); server.bind('s'); server.listen()\n"
        "socket.socket(socket.AF_UNIX).connect('s')\n"
        "import asyncio; asyncio.run(asyncio.sleep(0))\n"
    )
    assert run_child(child(tmp_path, code)).code == 0


@pytest.mark.parametrize(
    "code",
    [
        "open({0}, 'w')",
        "open({0}, 'a')",
        "import pathlib; pathlib.Path({0}).write_text('x')",
        "import os; os.close(os.open({0}, os.O_WRONLY | os.O_CREAT))",
        "import os; open('here', 'w').close(); os.rename('here', {0})",
        "import subprocess as s, sys; s.call([sys.executable, '-c', "
        "'import sys; open(sys.argv[1], sys.argv[2])', {0}, 'w'])",
    ],
)
def test_what_is_written_is_listed(tmp_path, code):
    target, listing = tmp_path / "target", tmp_path / "listing"
    variables = environment(dict(os.environ), tmp_path, Watch(writes=listing))
    command = [sys.executable, "-c", code.format(repr(str(target)))]
    assert run_child(Child(command, tmp_path, variables, 20)).code == 0
    assert target.exists()
    assert str(target) in listing.read_text().splitlines()


def test_what_is_only_read_is_not_listed(tmp_path):
    (tmp_path / "source").write_text("x")
    listing = tmp_path / "listing"
    variables = environment(dict(os.environ), tmp_path, Watch(writes=listing))
    run_child(Child([sys.executable, "-c", "open('source').read()"], tmp_path, variables, 20))
    assert "source" not in listing.read_text()


def test_the_environments_own_sitecustomize_still_runs(tmp_path):
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.flavour = 'own'\n")
    code = "import sys; sys.exit(0 if sys.flavour == 'own' else 1)"
    assert run_child(child(tmp_path, code, PYTHONPATH=str(tmp_path))).code == 0


def test_sets_have_the_same_order_in_every_child(tmp_path):
    code = "import sys; sys.exit(hash('dagferry') % 97)"
    assert run_child(child(tmp_path, code)).code == run_child(child(tmp_path, code)).code


def test_temporary_files_go_to_the_scratch_folder(tmp_path):
    code = f"import tempfile, sys; sys.exit(tempfile.gettempdir() != {str(tmp_path)!r})"
    assert run_child(child(tmp_path, code)).code == 0


def test_results_that_a_flow_keeps_stay_in_the_temporary_folder(tmp_path: Path) -> None:
    base = {"PREFECT_LOCAL_STORAGE_PATH": "/elsewhere", "PREFECT_HOME": "/elsewhere"}
    source = (
        "from flowlight import shim; shim.install()\n"
        "from prefect import task\n"
        "task(persist_result=True)(lambda: 1)()\n"
    )
    variables = environment(base, tmp_path)
    subprocess.run([sys.executable, "-c", source], env=variables, cwd=tmp_path, check=True)
    assert len(list((tmp_path / "results").iterdir())) == 1
