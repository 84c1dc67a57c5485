"""DAG files that misbehave: what stands at the top of the file, and what their only task does."""

from __future__ import annotations

from typing import NamedTuple


class Mishap(NamedTuple):
    """`reason`: what the report has to say, word for word in part."""

    top: str
    body: str
    reason: str


MISHAPS = {
    "exits_while_it_loads": Mishap("import sys\nsys.exit(0)", "pass", "SystemExit: 0"),
    "ends_its_process": Mishap(
        "import os", "os._exit(0)", "the process ended before the run did, with exit code 0"
    ),
    "kills_its_process": Mishap("import os", "os.kill(os.getpid(), 9)", "exit code -9"),
    "forks_and_goes_on": Mishap(
        "import os",
        "pid = os.fork()\nif pid:\n    os.waitpid(pid, 0)",
        "the run forked, and the fork went on with the run as well",
    ),
    "leaves_a_process": Mishap(
        "import subprocess",
        "subprocess.Popen(['sleep', '86391'])",
        "the run left processes behind, which were ended: sleep 86391",
    ),
    "leaves_a_demon": Mishap(
        "import subprocess",
        "subprocess.run(['sh', '-c', 'setsid sleep 86392 >/dev/null 2>&1 &'], check=True)",
        "the run left processes behind, which were ended: sleep 86392",
    ),
    "eats_memory": Mishap("", "x = bytearray(600 << 20)", "task work ran out of memory"),
    "eats_memory_in_a_child": Mishap(
        "import subprocess, sys",
        "subprocess.run([sys.executable, '-c', 'bytearray(600 << 20)'])",
        "a process ran out of memory; allow more with --memory",
    ),
    "prints_a_gigabyte": Mishap(
        "",
        "line = 'x' * (1 << 20)\nfor _ in range(1024):\n    print(line)",
        "printed more than a trace holds, 16 MiB",
    ),
    "replaces_builtins": Mishap(
        "import builtins",
        "builtins.sorted = lambda values, **_: list(values)",
        "the run replaced builtins.sorted",
    ),
    "deletes_its_folder": Mishap(
        "import os, shutil",
        "shutil.rmtree(os.getcwd())",
        "the run deleted the folder that it ran in",
    ),
    "deletes_all_around_it": Mishap(
        "import os, shutil",
        "shutil.rmtree(os.path.dirname(os.getcwd()))",
        "the run deleted the folder that it ran in",
    ),
    "changes_its_folder": Mishap(
        "import os", "os.chdir('/')", "the run changed the working directory of all tasks"
    ),
    "closes_stdout": Mishap("import os", "os.close(1)", "the run closed or replaced stdout"),
    "closes_stderr": Mishap("import os", "os.close(2)", "the run closed or replaced stderr"),
    "handles_signals": Mishap(
        "import signal",
        "signal.signal(signal.SIGTERM, lambda *_: None)",
        "the run installed a handler of SIGTERM",
    ),
    "ignores_signals": Mishap(
        "import signal",
        "signal.signal(signal.SIGUSR1, signal.SIG_IGN)",
        "the run installed a handler of SIGUSR1",
    ),
    "leaves_a_thread": Mishap(
        "import threading\n\ndef wait():\n    threading.Event().wait()",
        "threading.Thread(target=wait, name='endless', daemon=True).start()",
        "the thread endless still ran when the run was over",
    ),
    "looks_for_the_network": Mishap(
        "import socket",
        "socket.create_connection(('example.invalid', 80))",
        "task work: socket.getaddrinfo example.invalid:80: the network is off; "
        "allow it with --allow-network",
    ),
    "hides_that_it_looked": Mishap(
        "import socket",
        "try:\n    socket.create_connection(('10.0.0.1', 80))\nexcept OSError:\n    pass",
        "task work: socket.getaddrinfo 10.0.0.1:80: the network is off",
    ),
    "looks_for_a_name": Mishap(
        "import socket",
        "try:\n    socket.gethostbyname('example.invalid')\nexcept OSError:\n    pass",
        "task work: socket.gethostbyname example.invalid: the network is off",
    ),
    "looks_for_a_service_of_the_machine": Mishap(
        "import socket",
        "with socket.socket(socket.AF_UNIX) as one:\n    try:\n        one.connect('/run/docker.sock')\n"
        "    except OSError:\n        pass",
        "task work: socket.connect /run/docker.sock: the network is off",
    ),
}
HANGS = {
    "hangs": Mishap("import time", "time.sleep(3600)", "still running after"),
    "hangs_and_ignores_signals": Mishap(
        "import signal, time",
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(3600)",
        "still running after",
    ),
    "waits_for_a_thread": Mishap(
        "import threading\n\ndef wait():\n    threading.Event().wait()",
        "threading.Thread(target=wait).start()",
        "the run was over, its process was still running after",
    ),
}
_DAG = """\
from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator

{top}


def work():
{body}


with DAG({name!r}, start_date=datetime(2024, 1, 1), schedule=None):
    PythonOperator(task_id="work", python_callable=work)
"""


def dag_file(name: str, top: str, body: str) -> str:
    """The text of a DAG file with one task, `work`."""
    indented = "\n".join(f"    {line}" for line in body.split("\n"))
    return _DAG.format(name=name, top=top, body=indented)
