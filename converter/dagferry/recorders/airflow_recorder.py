"""Runs a DAG on real Airflow and writes the trace of what it did.

    python airflow_recorder.py FILE [DAG_ID] --out TRACE.json

One file for Python 3.8 and later and Airflow 2.5 to 3.x; it needs Airflow and nothing else, so it
can be copied to where Airflow lives. The run uses a database of its own that is thrown away: the
configured one is neither read nor written. What the trace holds is in docs/reference/trace.md; what
is different from a scheduled run is in docs/reference/engines.md.
"""

from __future__ import annotations

import argparse
import asyncio
import codecs
import dataclasses
import functools
import hashlib
import importlib
import importlib.util
import inspect
import io
import json
import logging
import math
import os
import platform
import shutil
import sqlite3
import sys
import tempfile
import time
import traceback
import uuid
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime, timedelta, timezone
from datetime import time as time_of_day
from decimal import Decimal
from enum import Enum
from pathlib import Path, PurePath
from typing import Any, Callable, Iterator, Sequence, Tuple

VERSION = 1
CONNECTION = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"
TEMPLATE = "DAGFERRY_AIRFLOW_TEMPLATE"
FINISHED = ("success", "failed", "skipped", "upstream_failed", "removed")
# Where `dag.test()` stands.
RUNNERS = ("airflow.models.dag", "airflow.sdk.definitions.dag")
EVENTS = ("on_execute", "on_success", "on_failure", "on_retry", "on_skipped")
# How a body ends that goes on later, in the same try.
PAUSES = ("AirflowRescheduleException", "TaskDeferred")
PRINTED = 16 << 20  # characters that a trace holds of what a run prints
Key = Tuple[str, int]


# The command line


def main(argv: Sequence[str] | None = None) -> int:
    """Answer one request in the current folder: 0 when it was answered, 2 with a reason if not."""
    return _told(_parser().parse_args(argv))


def _told(options: argparse.Namespace) -> int:
    try:
        _answer(_checked(options))
    except RefusedError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


class RefusedError(Exception):
    """There is no trace; the message says why."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("dag", nargs="?", metavar="DAG_ID", help="which DAG of the file")
    parser.add_argument("--dag-id", dest="dag_id", help="the same, as an option")
    parser.add_argument("--out", metavar="TRACE.json", help="where to write the trace")
    parser.add_argument("--logical-date", metavar="ISO", help="the logical date; default: now")
    parser.add_argument("--conf", default="{}", metavar="JSON", help="the run's conf")
    parser.add_argument("--variables", metavar="FILE", help="JSON: name to value")
    parser.add_argument("--connections", metavar="FILE", help="JSON, YAML or .env, as exported")
    parser.add_argument("--airflow-version", metavar="2|3", help="refuse any other version")
    parser.add_argument("--inject", default="[]", metavar="JSON", help="what goes wrong on purpose")
    parser.add_argument("--graph-only", action="store_true", help="load the DAG, do not run it")
    parser.add_argument("--schedule", action="store_true", help="say when the DAG would run")
    parser.add_argument("--list", action="store_true", help="print the DAG ids as JSON and end")
    return parser


def _checked(options: argparse.Namespace) -> argparse.Namespace:
    if not options.list and not options.out:
        raise RefusedError("expected --out TRACE.json, or --list")
    try:
        if not isinstance(json.loads(options.conf), dict):
            raise ValueError("no object")
    except ValueError as error:
        raise RefusedError(
            f"--conf: expected a JSON object, found {options.conf!r}: {error}"
        ) from None
    return options


def _answer(options: argparse.Namespace) -> None:
    out = sys.stdout
    if options.airflow_version not in (None, str(major())):
        raise RefusedError(
            f"--airflow-version {options.airflow_version}: this is Airflow {major()}"
        )
    watch = Watch()
    sys.stdout = Prints(watch, sys.stderr)
    quiet_logs()
    use_database(str(Path(tempfile.mkdtemp(prefix="airflow-"), "airflow.db")))
    store_variables(options.variables)
    store_connections(options.connections)
    bag = load(options.file)
    if options.list:
        out.write(json.dumps(list(bag.dags)) + "\n")
        out.flush()
        return
    dag = pick(bag, options.dag_id or options.dag, options.file)
    watch.injections = json.loads(options.inject)
    if watch.injections and scenarios() is None:
        raise RefusedError("--inject: expected airflow_scenarios.py beside this file, found none")
    trace = record(dag, bag, options, watch)
    Path(options.out).write_text(json.dumps(trace, indent=1) + "\n", encoding="utf-8")


def by_hand(argv: Sequence[str] | None = None) -> int:
    """Run from the command line: a home, a database and a copy of the folder for this run alone."""
    options = _parser().parse_args(argv)
    file = Path(options.file).resolve()
    if not file.is_file():
        sys.stderr.write(f"{options.file}: expected a file with a DAG, found none\n")
        return 2
    out = Path(options.out).resolve() if options.out else None
    if out is not None and not out.parent.is_dir():
        sys.stderr.write(f"--out {options.out}: expected a folder at {out.parent}, found none\n")
        return 2
    options.file, options.schedule = file.name, True
    for name in ("variables", "connections", "out"):
        given = getattr(options, name)
        setattr(options, name, given and str(Path(given).resolve()))
    with tempfile.TemporaryDirectory(prefix="dagferry-") as home:
        scratch = Path(os.path.realpath(home), "scratch")
        shutil.copytree(str(file.parent), str(scratch), symlinks=True, ignore=_no_caches)
        before = snapshot(scratch)
        told = forget_settings()
        tempfile.tempdir = home
        prepare(home)
        if told:
            sys.stderr.write(f"left out, for the run has its own: {', '.join(told)}\n")
        os.chdir(str(scratch))
        if out is not None and out.exists():
            out.unlink()  # or it would pass for the trace of a run that left none
        code = _forked(options)
        os.chdir(str(file.parent))
        if code == 0 and out is not None and not options.list:
            if not out.exists():
                sys.stderr.write("there is no trace: the process ended before the run did\n")
                return 2
            _add_files(out, scratch, before)
    return code


def _forked(options: argparse.Namespace) -> int:
    """In a fork, for the DAG may end its process: the exit code, negative for a signal."""
    leave = os._exit  # what the DAG puts in its place shall not keep the fork alive
    pid = os.fork()
    if pid:
        _, status = os.waitpid(pid, 0)
        return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    code = 2
    try:
        code = _told(options)
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 2
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        leave(code)


def _no_caches(folder: str, names: list[str]) -> list[str]:
    """Neither caches nor, where the folder is the temporary one, the runs that take place in it."""
    temporary = os.path.realpath(folder) == os.path.realpath(tempfile.gettempdir())
    caches = [one for one in names if one in ("__pycache__", ".git", ".venv")]
    return caches + [one for one in names if temporary and one.startswith("dagferry-")]


def _add_files(out: Path, scratch: Path, before: dict[str, str]) -> None:
    after = snapshot(scratch)
    text = out.read_text(encoding="utf-8").replace(json.dumps(str(scratch))[1:-1], "{scratch}")
    trace = json.loads(text)
    trace["files"] = {path: found for path, found in after.items() if before.get(path) != found}
    trace["files"].update({path: None for path in before if path not in after})
    out.write_text(json.dumps(trace, indent=1) + "\n", encoding="utf-8")


def snapshot(folder: Path) -> dict[str, str]:
    """Relative path -> sha256 of every file, the folder's own name left out of the contents."""
    found = {}
    for root, folders, names in os.walk(str(folder)):
        folders[:] = [one for one in folders if one != "__pycache__"]
        for name in names:
            path = Path(root, name)
            if path.is_symlink():
                content = f"link to {os.readlink(str(path))}".encode()
                found[path.relative_to(folder).as_posix()] = hashlib.sha256(content).hexdigest()
            elif not path.is_file():
                found[path.relative_to(folder).as_posix()] = "not a file"
            elif not name.endswith(".pyc"):
                content = path.read_bytes().replace(str(folder).encode(), b"")
                found[path.relative_to(folder).as_posix()] = hashlib.sha256(content).hexdigest()
    return found


@functools.lru_cache(maxsize=None)
def scenarios() -> Any:
    """The module of what may become of a task; None where its file was not copied with this one."""
    file = Path(__file__).with_name("airflow_scenarios.py")
    if not file.is_file():
        return None
    spec = importlib.util.spec_from_file_location(file.stem, str(file))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# Airflow's environment


def forget_settings() -> list[str]:
    """Take Airflow's settings out of the environment, so that no production database is used."""
    names = [one for one in os.environ if one.startswith("AIRFLOW__") or one == "AIRFLOW_CONFIG"]
    for name in names:
        del os.environ[name]
    return sorted(names)


def prepare(home: str) -> dict[str, Any]:
    """Import Airflow with `home` as its home and make an empty database there; who we are."""
    template = Path(home, "template.db").resolve()
    os.environ.update(
        {
            "AIRFLOW_HOME": str(Path(home).resolve()),
            CONNECTION: f"sqlite:///{template}",
            TEMPLATE: str(template),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
            "AIRFLOW__CORE__HOSTNAME_CALLABLE": "socket.gethostname",
            "AIRFLOW__LOGGING__LOGGING_LEVEL": "ERROR",
            "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
            "SCARF_ANALYTICS": "false",
        }
    )
    airflow = importlib.import_module("airflow")
    for name in ("airflow.models", "airflow.utils.db", "airflow.operators.python"):
        with suppress(ImportError):
            importlib.import_module(name)
    importlib.import_module("sqlalchemy.orm").configure_mappers()
    _in_a_fork(lambda: importlib.import_module("airflow.utils.db").initdb())
    _keep_whole_floats(template)
    if major() >= 3:
        _warm_airflow_3()
    return {"name": "airflow", "version": airflow.__version__, "python": platform.python_version()}


def _keep_whole_floats(database: Path) -> None:
    """SQLite takes a JSON column for a number where it can, and makes an XCom of 6.0 a 6.

    PostgreSQL and MySQL, which real Airflow runs on, do not; a column of text does not either.
    """
    with closing(sqlite3.connect(str(database), isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'value JSON', 'value TEXT') "
            "WHERE name = 'xcom'"
        )


def major() -> int:
    """The major version of Airflow."""
    return int(importlib.import_module("airflow").__version__.split(".")[0])


def _warm_airflow_3() -> None:
    """Build what every process would build again for its first task: it takes seven seconds."""
    for name in ("airflow.sdk.execution_time.task_runner", "airflow.dag_processing.dagbag"):
        with suppress(ImportError):
            importlib.import_module(name)
    with suppress(ImportError, AttributeError):
        supervisor = importlib.import_module("airflow.sdk.execution_time.supervisor")
        asyncio.run(_first_request(supervisor.in_process_api_server().atransport))


async def _first_request(transport: Any) -> None:
    """Its routes are made for the first request; any will do. No thread is left behind."""
    client = importlib.import_module("httpx").AsyncClient
    async with client(transport=transport, base_url="http://in-process.invalid./") as api:
        await api.get("/health")


def _in_a_fork(work: Callable[[], Any]) -> None:
    """Do it in a process that ends after it, so that no connection and no thread stays."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.dup2(2, 1)
            work()
            code = 0
        except BaseException as error:
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
        finally:
            sys.stderr.flush()
            os._exit(code)
    if os.waitpid(pid, 0)[1] != 0:
        raise RefusedError("Airflow could not make its database")


def use_database(target: str) -> None:
    """Go on with a copy of the empty database."""
    template = os.environ[TEMPLATE]
    settings = importlib.import_module("airflow.settings")
    with closing(sqlite3.connect(template)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    os.environ[CONNECTION] = f"sqlite:///{target}"
    os.environ["AIRFLOW__CORE__DAGS_FOLDER"] = os.getcwd()
    settings.configure_vars()
    settings.dispose_orm()
    settings.configure_orm()


def quiet_logs() -> None:
    """Airflow's log goes to stderr: stdout is what the tasks print."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.ERROR)
    for name in ("", "airflow", "airflow.task", "airflow.processor", "flask_appbuilder"):
        logging.getLogger(name).handlers[:] = [handler] if name in ("", "airflow.task") else []
    logging.getLogger("airflow.task").propagate = False
    with suppress(ImportError):
        structlog = importlib.import_module("structlog")
        structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))


def store_variables(file: str | None) -> None:
    """What `airflow variables import` would store."""
    if file is None:
        return
    try:
        found = json.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RefusedError(f"{file}: expected a JSON file of variables, {error}") from None
    variable = importlib.import_module("airflow.models").Variable
    for key, value in found.items():
        variable.set(key, value, serialize_json=not isinstance(value, str))


def store_connections(file: str | None) -> None:
    """What `airflow connections import` would store."""
    if file is None:
        return
    backend = importlib.import_module("airflow.secrets.local_filesystem")
    try:
        found = backend.load_connections_dict(file)
    except Exception as error:  # every format has errors of its own
        raise RefusedError(f"{file}: expected a file of connections, {error}") from None
    with closing(importlib.import_module("airflow.settings").Session()) as session:
        session.add_all(found.values())
        session.commit()


# Loading


def load(file: str) -> Any:
    """The DAGs of a file as Airflow's own loader finds them."""
    try:
        loader = importlib.import_module("airflow.dag_processing.dagbag").DagBag
    except ImportError:
        loader = importlib.import_module("airflow.models.dagbag").DagBag
    folder = os.getcwd()
    if folder not in sys.path:
        sys.path.append(folder)
    wanted = {
        "dag_folder": str(Path(file).resolve()),
        "include_examples": False,
        "safe_mode": False,
        "bundle_path": Path(folder),
        "bundle_name": "dags-folder",
    }
    known = inspect.signature(loader.__init__).parameters
    bag = loader(**{name: value for name, value in wanted.items() if name in known})
    if bag.import_errors:
        text = next(iter(bag.import_errors.values())).strip()
        raise RefusedError(last_words(text))
    return bag


def last_words(text: str) -> str:
    """`Type: message` of a traceback, all of it on one line; other text likewise."""
    lines = text[max(text.rfind("Traceback"), 0) :].split("\n")
    starts = [at for at, one in enumerate(lines) if one and not one.startswith((" ", "Traceback"))]
    words = " ".join(" ".join(lines[starts[0] if starts else 0 :]).split())
    kind, colon, message = words.partition(":")
    return (kind if " " in kind else kind.rpartition(".")[2]) + colon + message


def pick(bag: Any, dag_id: str | None, file: str) -> Any:
    """The DAG asked for, or the only one."""
    listed = ", ".join(sorted(bag.dags)) or "none"
    if dag_id is None and len(bag.dags) != 1:
        raise RefusedError(f"expected a DAG_ID, for {file} holds {len(bag.dags)} DAGs: {listed}")
    if dag_id is not None and dag_id not in bag.dags:
        raise RefusedError(f"there is no DAG {dag_id!r} in {file}, which holds: {listed}")
    return bag.dags[dag_id] if dag_id is not None else next(iter(bag.dags.values()))


# Watching


class Note:
    """What was seen of one task instance."""

    def __init__(self) -> None:
        self.tries = 0
        self.paused = False
        self.delays: dict[int, float] = {}
        self.rendered: dict[str, Any] = {}
        self.prints: list[str] = []
        self.started: int | None = None
        self.ended: int | None = None
        self.error: str | None = None


class Watch:
    """What was seen of a run; `dag.test()` runs one task instance after the other."""

    def __init__(self) -> None:
        self.notes: dict[Key, Note] = {}
        self.callbacks: list[dict[str, Any]] = []
        self.current: Note | None = None
        self.line = ""
        self.room = PRINTED
        self.cut: str | None = None
        self.events = 0
        self.injections: list[dict[str, Any]] = []

    def of(self, ti: Any) -> Note:
        """The note of a task instance."""
        return self.notes.setdefault((ti.task_id, getattr(ti, "map_index", -1)), Note())

    def tick(self) -> int:
        """The next position in the one order of events."""
        self.events += 1
        return self.events - 1

    def inject(self, ti: Any) -> None:
        """Let go wrong what shall in this try."""
        if self.injections:
            scenarios().inject(self.injections, ti, self.of(ti).tries)

    def start(self, ti: Any) -> None:
        """A try begins, or goes on after a pause."""
        note = self.of(ti)
        note.tries += not note.paused
        note.paused = False
        if note.started is None:
            note.started = self.tick()

    def end(self, ti: Any, error: Any) -> None:
        """A try is over, or pauses."""
        note = self.of(ti)
        note.paused = type(error).__name__ in PAUSES
        note.ended = self.tick()
        if error is not None and not note.paused:
            note.error = f"{type(error).__name__}: {error}"

    def render(self, ti: Any, task: Any) -> None:
        """The templated fields, at the moment at which the body gets them."""
        fields = getattr(task, "template_fields", ())
        self.of(ti).rendered = {name: encode(getattr(task, name, None)) for name in fields}

    @contextmanager
    def body(self, note: Note | None) -> Iterator[None]:
        """What is printed inside belongs to this task instance, or to none."""
        self.end_line()
        before, self.current = self.current, note
        try:
            yield
        finally:
            self.end_line()
            self.current = before

    def printed(self, text: str) -> None:
        """Keep the lines of a body; what nobody's body printed is nobody's."""
        self.room -= len(text)
        if self.room < 0:
            self.cut = self.cut or f"{self._who()} printed more than a trace holds, 16 MiB"
            return
        *lines, self.line = (self.line + text).split("\n")
        self._keep(lines)

    def _who(self) -> str:
        found = (key[0] for key, note in self.notes.items() if note is self.current)
        return next((f"task {task_id}" for task_id in found), "the run")

    def end_line(self) -> None:
        """Take what was written without a line end for a line."""
        self._keep([self.line] if self.line else [])
        self.line = ""

    def _keep(self, lines: list[str]) -> None:
        if self.current is not None:
            self.current.prints.extend(lines)


class Bytes(io.RawIOBase):
    """`sys.stdout.buffer`: what is written there is printed as well."""

    def __init__(self, text: Any) -> None:
        self._text = text
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode

    def writable(self) -> bool:
        """True."""
        return True

    def write(self, data: Any) -> int:
        """Take a piece of text in bytes."""
        self._text.write(self._decode(bytes(data)))
        return len(data)


class Prints(io.TextIOBase):
    """Standard output: lines go to the task instance whose body runs, and on to `beside`."""

    encoding = "utf-8"

    def __init__(self, watch: Watch, beside: Any) -> None:
        self._watch, self._beside = watch, beside

    def writable(self) -> bool:
        """True."""
        return True

    @property
    def buffer(self) -> Any:
        """For what is no text."""
        self._bytes = getattr(self, "_bytes", None) or Bytes(self)
        return self._bytes

    def fileno(self) -> int:
        """Where programs that a body starts write to."""
        return int(self._beside.fileno())

    def write(self, text: str) -> int:
        """Take a piece of text."""
        self._beside.write(text)
        self._watch.printed(text)
        return len(text)


def install(watch: Watch) -> None:
    """Put the watch into Airflow, and take waiting out of it."""
    instances = importlib.import_module("airflow.models.taskinstance")
    _watch_retries(instances.TaskInstance, watch)
    if major() >= 3:
        _watch_airflow_3(watch)
    else:
        _watch_airflow_2(instances.TaskInstance, watch)
    _watch_bash(watch)
    for name in ("airflow.sdk.bases.sensor", "airflow.sensors.base"):
        with suppress(ImportError):
            module: Any = importlib.import_module(name)
            if getattr(module, "time", None) is time:
                module.time = Clock()
    _hurry(watch)


def _hurry(watch: Watch) -> None:
    """`dag.test()` sleeps a second whenever it only decided states; it shall start with less.

    It waits longer each time, up to that second, for as long as no task runs.
    """
    clock: Any = time
    plain, seen = time.sleep, [0, 0]

    def sleep(seconds: float) -> None:
        caller = sys._getframe(1)
        if caller.f_globals.get("__name__") in RUNNERS and caller.f_code.co_name == "test":
            seen[:] = [watch.events, seen[1] + 1 if seen[0] == watch.events else 0]
            seconds = min(seconds, 0.01 * 2 ** seen[1])
        plain(seconds)

    clock.sleep = sleep


def _watch_bash(watch: Watch) -> None:
    """Airflow writes the output of a command to its log; it is what the body prints."""
    for name in ("airflow.providers.standard.hooks.subprocess", "airflow.hooks.subprocess"):
        with suppress(ImportError):
            hook: Any = importlib.import_module(name).SubprocessHook
            hook.log = property(lambda _: OutputLog(watch))
            return


class OutputLog:
    """Stands for the log of the hook that runs commands, which writes each line of output alone."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def info(self, message: str, *values: Any) -> None:
        """Keep a line of output; leave out what Airflow says around it."""
        if message == "%s":
            self._watch.printed(f"{values[0]}\n")

    def __getattr__(self, name: str) -> Any:
        return getattr(logging.getLogger("airflow.task"), name)


class Clock:
    """Stands for the module `time` where sensors wait between two pokes: no time passes there."""

    def __init__(self) -> None:
        self._skipped = 0.0

    def sleep(self, seconds: float) -> None:
        """Let that much time pass at once."""
        self._skipped += seconds

    def monotonic(self) -> float:
        """The clock, with what was skipped."""
        return time.monotonic() + self._skipped

    def __getattr__(self, name: str) -> Any:
        return getattr(time, name)


def _watch_retries(instance: Any, watch: Watch) -> None:
    def ready_for_retry(self: Any) -> bool:
        if _text(self.state) != "up_for_retry":
            return False
        note = watch.of(self)
        note.delays[note.tries] = (self.next_retry_datetime() - self.end_date).total_seconds()
        return True

    instance.ready_for_retry = ready_for_retry


def _watch_airflow_2(instance: Any, watch: Watch) -> None:
    whole, body = instance._execute_task_with_callbacks, instance._execute_task

    def watched(self: Any, *args: Any, **kwargs: Any) -> Any:
        watch.start(self)
        error: BaseException | None = None
        try:
            return whole(self, *args, **kwargs)
        except BaseException as raised:
            error = raised
            raise
        finally:
            watch.end(self, error)

    def watched_body(self: Any, *args: Any, **kwargs: Any) -> Any:
        watch.render(self, self.task)
        watch.inject(self)
        with watch.body(watch.of(self)):
            return body(self, *args, **kwargs)

    instance._execute_task_with_callbacks = watched
    instance._execute_task = watched_body
    _survive_timeouts()


def _survive_timeouts() -> None:
    """`dag.test()` of Airflow 2 lets a task's time-out through and leaves the run without an end."""
    module: Any = importlib.import_module("airflow.models.dag")
    plain = module._run_task

    def run_task(*args: Any, **kwargs: Any) -> Any:
        try:
            return plain(*args, **kwargs)
        except BaseException as error:
            if type(error).__name__ != "AirflowTaskTimeout":
                raise

    module._run_task = run_task


def _watch_airflow_3(watch: Watch) -> None:
    runner: Any = importlib.import_module("airflow.sdk.execution_time.task_runner")
    whole, body = runner.run, runner._execute_task

    def watched(ti: Any, context: Any, log: Any) -> Any:
        watch.start(ti)
        error: BaseException | None = None
        try:
            state, message, error = whole(ti, context, log)
        except BaseException as raised:
            error = raised
            raise
        finally:
            watch.end(ti, error)
        watch.of(ti).paused = _text(state) in ("up_for_reschedule", "deferred")
        return state, message, error

    def watched_body(context: Any, ti: Any, log: Any) -> Any:
        watch.render(ti, ti.task)
        watch.inject(ti)
        with watch.body(watch.of(ti)):
            return body(context, ti, log)

    runner.run, runner._execute_task = watched, watched_body


def watch_callbacks(dag: Any, watch: Watch) -> None:
    """Wrap every callback of the DAG and of its tasks."""
    for task in dag.tasks:
        partial = getattr(task, "partial_kwargs", None)
        for event in EVENTS:
            name = f"{event}_callback"
            wrap = functools.partial(_wrapped, watch=watch, event=event, task_id=task.task_id)
            if partial is None and getattr(task, name, None):
                setattr(task, name, _each(getattr(task, name), wrap))
            elif partial is not None and partial.get(name):
                partial[name] = _each(partial[name], wrap)
    for event in ("on_success", "on_failure"):
        found = getattr(dag, f"{event}_callback", None)
        if found:
            wrap = functools.partial(_wrapped, watch=watch, event=event, task_id=None)
            setattr(dag, f"{event}_callback", _each(found, wrap))


def _each(callbacks: Any, wrap: Callable[[Any], Any]) -> Any:
    if isinstance(callbacks, (list, tuple, set)):
        return [wrap(one) for one in callbacks]
    return wrap(callbacks)


def _wrapped(callback: Any, watch: Watch, event: str, task_id: str | None) -> Any:
    name = getattr(callback, "__name__", None) or type(callback).__name__

    def call(context: Any) -> Any:
        with watch.body(None):
            try:
                return callback(context)
            finally:
                ti = context.get("ti") if task_id is not None else None
                watch.callbacks.append(
                    {
                        "scope": "run" if task_id is None else "task",
                        "task_id": task_id,
                        "map_index": getattr(ti, "map_index", -1),
                        "event": event,
                        "name": name,
                    }
                )

    call.__name__ = call.__qualname__ = name
    call.__module__ = getattr(callback, "__module__", None) or __name__
    return call


# Running


def record(dag: Any, bag: Any, options: argparse.Namespace, watch: Watch) -> dict[str, Any]:
    """The trace of one run of the DAG, or of none."""
    if options.schedule:
        options.found_schedule = schedule_of(dag)
    if options.graph_only:
        tasks = [entry(task, None, Note(), {}) for task in dag.tasks]
        return document(dag, options, None, {"state": "not-run", "reason": None}, tasks, [])
    moment = parse_date(options.logical_date)
    conf = json.loads(options.conf)
    install(watch)
    watch_callbacks(dag, watch)
    _keep_bag(bag)
    raised = test(dag, moment, conf)
    found = read_back(dag, watch)
    if found is None:
        raise RefusedError(f"{type(raised).__name__}: {raised}".replace("\n", " "))
    state, tasks = found
    run = {"state": state, "reason": reason(state, tasks, raised)}
    if state not in ("success", "failed"):
        run["state"] = "incomplete"
    if watch.cut is not None:
        run = {"state": "incomplete", "reason": watch.cut}
    return document(dag, options, moment, run, tasks, watch.callbacks)


def test(dag: Any, moment: datetime, conf: dict[str, Any]) -> BaseException | None:
    """Run `dag.test()`; what it raises instead of going on."""
    known = inspect.signature(dag.test).parameters
    wanted = {"execution_date": moment, "logical_date": moment, "run_after": moment}
    dates = {name: value for name, value in wanted.items() if name in known}
    try:
        dag.test(run_conf=conf, **dates)
    except (Exception, SystemExit) as error:
        return error
    return None


def _keep_bag(bag: Any) -> None:
    """Airflow 3.3 reads the whole folder again for each `dag.test()`; it shall take what we read."""
    with suppress(ImportError):
        module: Any = importlib.import_module("airflow.dag_processing.dagbag")
        if hasattr(module, "BundleDagBag"):
            module.BundleDagBag = lambda *_, **__: bag


def parse_date(text: str | None) -> datetime:
    """An ISO date, in UTC where it says no zone; without one, now."""
    if text is None:
        return datetime.now(timezone.utc)
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise RefusedError(f"--logical-date: expected an ISO date, found {text!r}") from None
    return moment.astimezone(timezone.utc) if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def read_back(dag: Any, watch: Watch) -> tuple[str, list[dict[str, Any]]] | None:
    """The state of the run and its task instances, from the database; None if there is no run."""
    models = importlib.import_module("airflow.models")
    session_of = importlib.import_module("airflow.utils.session").create_session
    places = {task_id: at for at, task_id in enumerate(dag.task_ids)}
    with session_of() as session:
        run = session.query(models.DagRun).filter(models.DagRun.dag_id == dag.dag_id).first()
        if run is None:
            return None
        pushed = read_xcoms(dag.dag_id, session)
        found = session.query(models.TaskInstance).filter_by(dag_id=dag.dag_id).all()
        known = [ti for ti in found if ti.task_id in places]
        known.sort(key=lambda ti: (places[ti.task_id], ti.map_index))
        tasks = [
            entry(
                dag.get_task(ti.task_id),
                ti,
                watch.of(ti),
                pushed.get((ti.task_id, ti.map_index), {}),
            )
            for ti in known
        ]
        return _text(run.state), tasks


def read_xcoms(dag_id: str, session: Any) -> dict[Key, dict[str, Any]]:
    """(task id, map index) -> key -> encoded value."""
    module = importlib.import_module("airflow.models.xcom")
    model = getattr(module, "XComModel", None) or module.XCom
    decode = _decoder(module)
    columns = [getattr(model, one) for one in ("task_id", "map_index", "key", "value")]
    found: dict[Key, dict[str, Any]] = {}
    for row in session.query(*columns).filter(model.dag_id == dag_id):
        found.setdefault((row.task_id, row.map_index), {})[row.key] = _decoded(decode, row)
    return found


def _decoder(module: Any) -> Callable[[Any], Any]:
    if not hasattr(module, "XComModel"):
        plain: Callable[[Any], Any] = module.XCom.deserialize_value
        return plain
    try:
        deserialize = importlib.import_module("airflow.sdk.serde").deserialize
    except ImportError:
        deserialize = importlib.import_module("airflow.serialization.serde").deserialize
    return lambda row: deserialize(row.value)


def _decoded(decode: Callable[[Any], Any], row: Any) -> Any:
    try:
        return encode(decode(row))
    except Exception as error:
        return {"$type": "opaque", "name": f"not readable: {type(error).__name__}"}


# The document


# The schedule


WORDS = {
    "NullTimetable": "none",
    "OnceTimetable": "once",
    "ContinuousTimetable": "continuous",
}
RUNS_SHOWN, RUNS_BEFORE, RUNS_AT_MOST = 10, 4, 200
DAY = timedelta(days=1)


def schedule_of(dag: Any) -> dict[str, Any]:
    """`subject.schedule` of the trace: the runs that the DAG's own timetable would make."""
    timetable, configuration = timetable_of(dag), importlib.import_module("airflow.configuration")
    kind = kind_of(timetable)
    found: dict[str, Any] = {
        "kind": kind,
        "reason": None,
        "anchored": True,
        "catchup": bool(dag.catchup),
        "paused": dag.is_paused_upon_creation,
        "max_active_runs": dag.max_active_runs,
        "max_active_runs_default": configuration.conf.getint("core", "max_active_runs_per_dag"),
        "end_date": iso(dag.end_date) if dag.end_date else None,
        "tags": sorted(str(tag) for tag in dag.tags or ()),
        "windows": [],
    }
    if kind == "time":
        try:
            found["anchored"] = dag.catchup or type(timetable).__name__ != "DeltaTriggerTimetable"
            found["windows"] = windows(dag, timetable)
        except Exception as error:  # a timetable may be the user's own
            found.update(kind="unknown", reason=f"{type(error).__name__}: {error}")
    return found


def timetable_of(dag: Any) -> Any:
    """The scheduler's timetable, for which a DAG file of Airflow 3 has a stand-in."""
    with suppress(ImportError, AttributeError):
        encoders = importlib.import_module("airflow.serialization.encoders")
        return encoders.coerce_to_core_timetable(dag.timetable)
    return dag.timetable


def kind_of(timetable: Any) -> str:
    """What makes its runs: the clock, nothing, or something else."""
    names = [one.__name__ for one in type(timetable).__mro__]
    if any("Asset" in name or "Dataset" in name for name in names):
        return "asset"
    return next((WORDS[name] for name in names if name in WORDS), "time")


def windows(dag: Any, timetable: Any) -> list[dict[str, Any]]:
    """Ten runs each: in winter, in summer, and over each of two changes of the clock."""
    starts = [one.start_date for one in [*dag.tasks, dag] if one.start_date is not None]
    start = plain(min(starts)) if starts else None
    year = plain(dag.start_date).year if dag.start_date is not None else 0
    first = datetime(max(2024, year + 2 if year else 0), 1, 1, tzinfo=timezone.utc)
    found = [window(dag, timetable, start, at, None) for at in (first, first.replace(month=7))]
    times = [datetime.fromisoformat(one) for one in found[0]["start_times"]]
    distance = sorted(later - one for one, later in zip(times, times[1:]))[(len(times) - 2) // 2]
    for change in changes(getattr(timetable, "_timezone", dag.timezone), first):
        since = max(first, change - distance * RUNS_BEFORE)
        found.append(window(dag, timetable, start, since, change))
    return found


def window(
    dag: Any, timetable: Any, start: datetime | None, since: datetime, change: datetime | None
) -> dict[str, Any]:
    """The first runs from a moment on."""
    runs = scheduled_runs(dag, timetable, start, since)
    return {
        "from": iso(since),
        "change": iso(change) if change else None,
        "start_times": [iso(run.run_after) for run in runs],
        "intervals": [[iso(run.data_interval.start), iso(run.data_interval.end)] for run in runs],
    }


def scheduled_runs(dag: Any, timetable: Any, start: datetime | None, since: datetime) -> list[Any]:
    """What the scheduler would make of the DAG, switched on at that moment and watched from then on.

    One with a timedelta that catches up goes on counting from its start date.
    """
    base = importlib.import_module("airflow.timetables.base")
    instance = importlib.import_module("pendulum").instance
    distance = getattr(timetable, "_delta", None)
    counts = bool(dag.catchup) and isinstance(distance, timedelta)
    earliest = instance(start) if start else None
    restriction = base.TimeRestriction(earliest, None, counts)
    last, now = None, since
    if counts and start is not None and distance is not None:
        tick = start + distance * ((since - start) // distance)
        last = base.DataInterval(instance(tick - distance), instance(tick))
        last = None if tick == start else last
    found: list[Any] = []
    for _ in range(RUNS_AT_MOST):
        with clock(instance(now)):
            run = timetable.next_dagrun_info(
                last_automated_data_interval=last, restriction=restriction
            )
        if run is None or len(found) == RUNS_SHOWN:
            break
        last, now = run.data_interval, max(now, run.run_after)
        found += [run] if run.run_after >= since else []
    return found


@contextmanager
def clock(now: Any) -> Iterator[None]:
    """While it is open, timetables take this moment for the present one."""
    names = ("airflow.timetables.interval", "airflow.timetables.trigger")
    modules = [one for one in map(sys.modules.get, names) if one is not None]
    kept = [(one, one.utcnow) for one in modules if hasattr(one, "utcnow")]
    try:
        for module, _ in kept:
            setattr(module, "utcnow", lambda: now)  # noqa: B010  # a module to mypy
        yield
    finally:
        for module, utcnow in kept:
            setattr(module, "utcnow", utcnow)  # noqa: B010


def changes(zone: Any, first: datetime) -> list[datetime]:
    """The moments of the year from `first` on at which the zone's clock is changed, two at most."""
    days = [first + DAY * number for number in range(367)]
    offsets = [offset(zone, day) for day in days]
    around = [at for at in range(366) if offsets[at] != offsets[at + 1]]
    return [change_between(zone, days[at]) for at in around[:2]]


def change_between(zone: Any, day: datetime) -> datetime:
    """The change within a day, to the minute."""
    before, after = 0, 24 * 60
    while after - before > 1:
        middle = (before + after) // 2
        same = offset(zone, day + timedelta(minutes=middle)) == offset(zone, day)
        before, after = (middle, after) if same else (before, middle)
    return day + timedelta(minutes=after)


def offset(zone: Any, moment: datetime) -> Any:
    """How far the zone's clock is from UTC."""
    return moment.astimezone(zone).utcoffset()


def iso(moment: datetime) -> str:
    """In UTC."""
    return plain(moment).isoformat()


def plain(moment: datetime) -> datetime:
    """In UTC, of Python's own class: pendulum's knows no plain timedelta."""
    return datetime.fromisoformat(moment.astimezone(timezone.utc).isoformat())


def document(
    dag: Any,
    options: argparse.Namespace,
    moment: datetime | None,
    run: dict[str, Any],
    tasks: list[dict[str, Any]],
    callbacks: list[dict[str, Any]],
) -> dict[str, Any]:
    """The whole trace."""
    airflow = importlib.import_module("airflow")
    starts = [one.start_date for one in dag.tasks if one.start_date is not None]
    return {
        "version": VERSION,
        "side": "airflow",
        "engine": {
            "name": "airflow",
            "version": airflow.__version__,
            "python": platform.python_version(),
            "emulates": f"airflow {major()}",
        },
        "subject": {
            "path": options.file,
            "name": dag.dag_id,
            "start_date": max(starts).isoformat() if starts else None,
            **({"schedule": options.found_schedule} if options.schedule else {}),
        },
        "logical_date": moment.isoformat() if moment else None,
        "asked": asked(options),
        "run": run,
        "tasks": tasks,
        "callbacks": callbacks,
    }


def asked(options: argparse.Namespace) -> dict[str, Any]:
    """What the run was asked for besides its subject; of files that may be secret, digests."""
    found = {"conf": json.loads(options.conf), "variables": digest(options.variables)}
    if options.connections is not None:
        found["connections"] = digest(options.connections)
    return found


def digest(file: str | None) -> str | None:
    """sha256 of what a file holds; for JSON, whatever its order."""
    if file is None:
        return None
    text = Path(file).read_text(encoding="utf-8", errors="replace")
    try:
        found = json.loads(text)
    except ValueError:
        found = text
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def entry(task: Any, ti: Any, note: Note, xcoms: dict[str, Any]) -> dict[str, Any]:
    """One task instance."""
    state = "none" if ti is None else _text(ti.state)
    ended = state in FINISHED
    found = scenarios()
    return {
        **({"possible": found.possible(task)} if found is not None else {}),
        "task_id": task.task_id,
        "map_index": -1 if ti is None else ti.map_index,
        "outcome": state if ended else "none",
        "state": state,
        "tries": note.tries,
        "delays": [note.delays[one] for one in sorted(note.delays)],
        "xcoms": xcoms,
        "result": None,
        "rendered": note.rendered,
        "parameters": {},
        "upstream": sorted(task.upstream_task_ids),
        "after": [],
        "prints": note.prints,
        "calls": [],
        "started": note.started,
        "ended": note.ended if ended else None,
        "error": note.error,
        "options": task_options(task),
    }


def task_options(task: Any) -> dict[str, Any]:
    """What the task was allowed."""
    delay, limit = task.retry_delay, task.execution_timeout
    return {
        "retries": task.retries or 0,
        "retry_delay": delay.total_seconds() if isinstance(delay, timedelta) else delay,
        "timeout": None if limit is None else limit.total_seconds(),
        "trigger_rule": _text(task.trigger_rule),
    }


def reason(state: str, tasks: list[dict[str, Any]], raised: BaseException | None) -> str | None:
    """Why the run did not succeed."""
    if raised is not None:
        return f"{type(raised).__name__}: {raised}"
    if state == "success":
        return None
    failed = [one for one in tasks if one["outcome"] == "failed"]
    told = [f"{one['task_id']} failed: {one['error']}" for one in failed if one["error"]]
    return "; ".join(told) or f"the run is {state}"


def _text(value: Any) -> str:
    return "none" if value is None else str(getattr(value, "value", value))


# Values, as docs/reference/trace.md writes them


def encode(value: Any, depth: int = 0) -> Any:
    """The JSON form of a value; never raises."""
    if isinstance(value, Enum):
        return encode(value.value, depth + 1)
    if value is None or isinstance(value, (bool, int, str)):
        return _plain(value)
    if depth > 50:
        return {"$type": "opaque", "name": "too deep"}
    if isinstance(value, float):
        return value if math.isfinite(value) else {"$type": "float", "value": str(value)}
    if isinstance(value, dict):
        return _encode_dict(value, depth)
    if isinstance(value, (list, tuple)):
        return [encode(one, depth + 1) for one in value]
    if isinstance(value, (set, frozenset)):
        items = [encode(one, depth + 1) for one in value]
        return {"$type": "set", "items": sorted(items, key=_sortable)}
    return _encode_object(value, depth)


def _plain(value: Any) -> Any:
    for kind in (bool, int):
        if isinstance(value, kind):
            return kind(value)
    return str.__str__(value) if isinstance(value, str) else value


def _sortable(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _encode_dict(value: dict[Any, Any], depth: int) -> Any:
    if all(isinstance(key, str) and key != "$type" for key in value):
        return {key: encode(part, depth + 1) for key, part in value.items()}
    pairs = [[encode(key, depth + 1), encode(part, depth + 1)] for key, part in value.items()]
    return {"$type": "dict", "items": pairs}


def _encode_object(value: Any, depth: int) -> Any:
    if isinstance(value, (bytes, bytearray)):
        return {"$type": "bytes", "hex": bytes(value).hex()}
    if isinstance(value, datetime):
        moment = value.astimezone(timezone.utc) if value.tzinfo else value
        return {"$type": "datetime", "value": moment.isoformat()}
    if isinstance(value, (date, time_of_day)):
        kind = "date" if isinstance(value, date) else "time"
        return {"$type": kind, "value": value.isoformat()}
    if isinstance(value, timedelta):
        return {"$type": "timedelta", "seconds": value.total_seconds()}
    for name, kinds in (("decimal", Decimal), ("uuid", uuid.UUID), ("path", PurePath)):
        if isinstance(value, kinds):
            return {"$type": name, "value": str(value)}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {
            one.name: encode(getattr(value, one.name), depth + 1)
            for one in dataclasses.fields(value)
        }
        return {"$type": "dataclass", "name": type(value).__name__, "fields": fields}
    return {"$type": "opaque", "name": type(value).__name__}


if __name__ == "__main__":
    sys.exit(by_hand())
