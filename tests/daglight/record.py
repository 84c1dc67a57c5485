"""Records what real Airflow does: `python tests/daglight/record.py --airflow PYTHON [CASE...]`.

Runs all cases in one process of that Python (Airflow 2.11 or 3.x must be installed in it) and
writes `recorded/<case>.<major>.json`, which the tests compare daglight with. Only the standard
library is used here.
"""

import argparse
import builtins
import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
CASES = HERE / "cases"
RECORDED = HERE / "recorded"
LONG = 5  # seconds: a retry that waits longer is not waited for
DEFAULT_DATE = "2024-03-05T00:00:00+00:00"


#: `connections`: as `airflow connections export` has them; `env`: of the process; `sync`: whether
#: the DAGs of the file are written to the database first, for operators that look for another DAG.
_MORE = {"connections": {}, "env": {}, "sync": False}


def options_of(path):
    """The options in the first line of a case, with defaults."""
    first = path.read_text().split("\n", 1)[0]
    found = json.loads(first[len("# options:") :]) if first.startswith("# options:") else {}
    return {
        "versions": [2, 3],
        "logical_date": DEFAULT_DATE,
        "conf": {},
        "variables": {},
        **_MORE,
        **found,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--airflow", help="the Python of an environment with Airflow")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("cases", nargs="*")
    options = parser.parse_args()
    if options.inside:
        return record(options.cases)
    with tempfile.TemporaryDirectory(prefix="record") as folder:
        return start(os.path.abspath(options.airflow), folder, options.cases)


def start(python, folder, cases):
    """Run this file inside an environment of its own."""
    dags = Path(folder, "dags")
    dags.mkdir()
    shutil.copytree(HERE / "plugins", Path(folder, "plugins"))
    env = {
        **os.environ,
        "HOME": folder,
        "AIRFLOW_HOME": folder,
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_FOLDER": str(dags),
        "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "ERROR",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{folder}/airflow.db",
        "SCARF_ANALYTICS": "false",
    }
    subprocess.run(
        [python, "-m", "airflow", "db", "migrate"], env=env, check=True, stdout=subprocess.DEVNULL
    )
    command = [python, "-W", "ignore", __file__, "--inside", *cases]
    return subprocess.run(command, env=env, cwd=folder).returncode


def record(names):
    """Inside Airflow's Python: every case that is meant for this version."""
    import airflow

    major = int(airflow.__version__.split(".")[0])
    if major == 2:
        import airflow.providers.fab.auth_manager.models  # else a second run finds no tables
    watch = Watch()
    watch.install()
    for path in sorted(CASES.glob("*.py")):
        options = options_of(path)
        if major in options["versions"] and (not names or path.stem in names):
            found = record_case(path, options, major, watch)
            document = {"airflow": airflow.__version__, **found}
            target = RECORDED / f"{path.stem}.{major}.json"
            target.write_text(json.dumps(document, indent=1, sort_keys=True) + "\n")
            print(path.stem, found["import_error"] or found["run"], file=sys.__stderr__)
    return 0


class Watch:
    """Notes what bodies print and what their fields were rendered to, by patching two functions."""

    def __init__(self):
        self.reset()

    def reset(self):
        self.current, self.rendered, self.prints, self.tries = None, {}, {}, {}
        self.delays, self.naps, self.offsets = {}, {}, {}

    def install(self):
        try:
            from airflow.sdk.bases import sensor
            from airflow.sdk.bases.operator import BaseOperator
            from airflow.sdk.definitions.mappedoperator import MappedOperator
        except ImportError:
            from airflow.models.baseoperator import BaseOperator
            from airflow.models.mappedoperator import MappedOperator
            from airflow.sensors import base as sensor
        self._patch_operator(BaseOperator)
        self._patch_operator(MappedOperator)
        self._patch_instance()
        self._patch_sensor(sensor)
        plain = builtins.print

        def watched(*args, **kwargs):
            if self.current is not None and kwargs.get("file") is None:
                text = kwargs.get("sep", " ").join(map(str, args))
                self.prints.setdefault(self.current, []).extend(text.split("\n"))
            plain(*args, **kwargs)

        builtins.print = watched

    def _patch_instance(self):
        from airflow.models import TaskInstance

        plain = TaskInstance.next_retry_datetime

        def watched(ti):
            found = plain(ti)
            key = key_of(ti)
            delay = (found - ti.end_date).total_seconds()
            self.delays.setdefault(key, {})[self.tries[key]] = delay
            return found if delay < LONG else ti.end_date

        TaskInstance.next_retry_datetime = watched

    def _patch_sensor(self, module):
        """Let the clock of sensors run ahead by what they would have waited for."""
        plain, watch = module.AirflowRescheduleException, self
        real_time, real_timezone = module.time, module.timezone

        class Rescheduled(plain):
            def __init__(self, reschedule_date):
                watch.nap((reschedule_date - Timezone.utcnow()).total_seconds(), again=True)
                super().__init__(real_timezone.utcnow())

        class Time:
            @staticmethod
            def sleep(seconds):
                watch.nap(seconds)

            @staticmethod
            def monotonic():
                return real_time.monotonic() + watch.offset

        class Timezone:
            @staticmethod
            def utcnow():
                return real_timezone.utcnow() + timedelta(seconds=watch.offset)

            @staticmethod
            def coerce_datetime(value):
                return real_timezone.coerce_datetime(value)

        module.time, module.timezone = Time, Timezone
        module.AirflowRescheduleException = Rescheduled

    @property
    def offset(self):
        return self.offsets.get(self.current, 0.0)

    def nap(self, seconds, again=False):
        found = round(seconds, 1)
        self.naps.setdefault(self.current, []).append(["again", found] if again else found)
        self.offsets[self.current] = self.offset + seconds

    def _patch_operator(self, base):
        plain = base.render_template_fields

        def watched(task, context, *args, **kwargs):
            key = key_of(context["ti"])
            if context["ti"].try_number != self.tries.get(key):
                self.offsets[key] = 0.0
            self.tries[key] = context["ti"].try_number
            self.current = key
            plain(task, context, *args, **kwargs)
            task = context["task"]
            self.rendered[key] = {
                name: encode(getattr(task, name)) for name in task.template_fields
            }

        base.render_template_fields = watched


def encode(value):
    """As `docs/reference/trace.md` has it; the one encoder of daglight imports nothing else."""
    sys.path.insert(0, str(HERE.parents[1] / "runtime"))
    from daglight.encode import encode as found

    sys.path.pop(0)
    return found(value)


def record_case(path, options, major, watch):
    from airflow.models import Variable

    dags = Path(os.environ["AIRFLOW__CORE__DAGS_FOLDER"])
    shutil.rmtree(dags)
    dags.mkdir()
    copy = dags / path.name
    copy.write_text(path.read_text())
    if path.with_suffix("").is_dir():  # modules of the folder
        shutil.copytree(path.with_suffix(""), dags, dirs_exist_ok=True)
    os.environ.update(options["env"])
    for key, value in options["variables"].items():
        Variable.set(key, value, serialize_json=not isinstance(value, str))
    store_connections(options["connections"])
    with tempfile.TemporaryDirectory(prefix="case") as scratch:
        os.chdir(scratch)
        watch.reset()
        try:
            found = run_case(copy, options, major, watch)
        finally:
            watch.current = None
            for key in options["variables"]:
                Variable.delete(key)
            for key in options["env"]:
                del os.environ[key]
        found["effects"] = {
            one.name: one.read_text() for one in Path(scratch).iterdir() if one.is_file()
        }
        os.chdir(dags.parent)
    return found


def store_connections(exported):
    """Write connections to the database, as `airflow connections import` does."""
    from airflow.secrets.local_filesystem import load_connections_dict
    from airflow.utils.session import create_session

    if not exported:
        return
    path = Path("connections.json")
    path.write_text(json.dumps(exported))
    with create_session() as session:
        session.add_all(load_connections_dict(str(path)).values())
    path.unlink()


def sync(bag, major):
    """Write the DAGs of a bag to the database."""
    from airflow.utils.session import create_session

    if major == 2:
        from airflow.models.serialized_dag import SerializedDagModel

        bag.sync_to_db()
        for dag in bag.dags.values():
            SerializedDagModel.write_dag(dag)
        return
    from airflow.dag_processing.bundles.manager import DagBundlesManager
    from airflow.dag_processing.dagbag import sync_bag_to_db

    DagBundlesManager().sync_bundles_to_db()
    with create_session() as session:
        sync_bag_to_db(bag, "dags-folder", None, session=session)


def run_case(path, options, major, watch):
    try:
        from airflow.dag_processing.dagbag import DagBag
    except ImportError:
        from airflow.models.dagbag import DagBag

    bag = DagBag(dag_folder=str(path))
    if bag.import_errors:
        text = next(iter(bag.import_errors.values())).strip()
        return {"import_error": last_words(text), "run": None, "tasks": {}}
    dag = bag.dags[path.stem]
    moment = datetime.fromisoformat(options["logical_date"])
    if options["sync"]:
        sync(bag, major)
    error = None
    try:
        if major == 2:
            dag.test(execution_date=moment, run_conf=options["conf"])
        else:
            dag.test(logical_date=moment, run_conf=options["conf"])
    except BaseException as raised:
        error = f"{type(raised).__name__}: {raised}"
    return {"import_error": None, "raised": error, **outcome(dag, moment, watch)}


def last_words(text):
    """`Type: message` of a traceback, which may go on for several lines."""
    lines = text[max(text.rfind("Traceback (most recent call last)"), 0) :].split("\n")
    starts = [
        n
        for n, line in enumerate(lines)
        if line and not line.startswith((" ", "Traceback", "*", "^"))
    ]
    start = starts[0] if len(starts) > 1 and "**kwargs" in text else starts[-1]
    kind, colon, message = "\n".join(lines[start:]).partition(":")
    return kind.rpartition(".")[2] + colon + message


def outcome(dag, moment, watch):
    from airflow.models import DagRun, TaskInstance
    from airflow.utils.session import create_session

    with create_session() as session:
        run = session.query(DagRun).filter(DagRun.dag_id == dag.dag_id).first()
        if run is None:
            return {"run": None, "tasks": {}}
        instances = session.query(TaskInstance).filter(TaskInstance.dag_id == dag.dag_id).all()
        xcoms = xcoms_of(dag.dag_id, run.run_id, session)
        tasks = {
            key_of(ti): describe(ti, dag.get_task(ti.task_id), xcoms, watch) for ti in instances
        }
        found = {"run": str(getattr(run.state, "value", run.state)), "tasks": tasks}
        events = asset_events(dag.dag_id, session)
        return {**found, "assets": events} if events else found


def asset_events(dag_id, session):
    """Task id, address and extra of each event of a dataset or asset, in order."""
    try:
        from airflow.models.asset import AssetEvent as Event
        from airflow.models.asset import AssetModel as Model

        key = Event.asset_id
    except ImportError:
        from airflow.models.dataset import DatasetEvent as Event
        from airflow.models.dataset import DatasetModel as Model

        key = Event.dataset_id
    rows = session.query(Event.source_task_id, Model.uri, Event.extra).join(Model, Model.id == key)
    found = rows.filter(Event.source_dag_id == dag_id).order_by(Event.id)
    return [[task_id, uri, encode(extra)] for task_id, uri, extra in found]


def key_of(ti):
    """`task_id`, or `task_id[3]` for one instance of a mapped task."""
    return ti.task_id if ti.map_index < 0 else f"{ti.task_id}[{ti.map_index}]"


def describe(ti, task, xcoms, watch):
    key = key_of(ti)
    return {
        "state": str(getattr(ti.state, "value", ti.state)),
        "tries": watch.tries.get(key, 0),
        "delays": [one for _, one in sorted(watch.delays.get(key, {}).items())],
        "upstream": sorted(task.upstream_task_ids),
        "xcoms": xcoms.get(key, {}),
        "rendered": watch.rendered.get(key, {}),
        "prints": watch.prints.get(key, []),
        **({"name": ti.rendered_map_index} if ti.rendered_map_index else {}),
        **({"naps": watch.naps[key]} if key in watch.naps else {}),
    }


def xcoms_of(dag_id, run_id, session):
    try:
        from airflow.models.xcom import XComModel as Model
        from airflow.sdk.serde import deserialize

        def value_of(row):
            return deserialize(row.value)

    except ImportError:
        from airflow.models.xcom import XCom as Model

        def value_of(row):
            return Model.deserialize_value(row)

    found = {}
    columns = (Model.task_id, Model.map_index, Model.key, Model.value)
    for row in session.query(*columns).filter(Model.dag_id == dag_id, Model.run_id == run_id):
        found.setdefault(key_of(row), {})[row.key] = encode(value_of(row))
    return found


if __name__ == "__main__":
    sys.exit(main())
