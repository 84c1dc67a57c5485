"""Records which attributes objects of Airflow have: `PYTHON tests/daglight/record_attributes.py`.

Run with the Python of an environment with Airflow 2.11 and then with one of 3.x: each writes its
part of `runtime/daglight/attributes.json`, from which daglight knows what it lacks. Only the standard
library is used here.
"""

import json
import sys
from datetime import datetime
from pathlib import Path

TARGET = Path(__file__).resolve().parents[2] / "runtime" / "daglight" / "attributes.json"


def objects():
    """Name of daglight's class -> what Airflow has in its place."""
    from airflow import DAG

    try:
        from airflow.sdk import BaseHook, BaseOperator, Connection, TaskGroup, Variable
        from airflow.sdk.api.datamodels._generated import DagRun
        from airflow.sdk.definitions.xcom_arg import PlainXComArg
        from airflow.sdk.execution_time.task_runner import RuntimeTaskInstance as TaskInstance
        from airflow.sdk.execution_time.xcom import XCom
    except ImportError:
        from airflow.hooks.base import BaseHook
        from airflow.models import BaseOperator, Connection, DagRun, TaskInstance, Variable, XCom
        from airflow.models.xcom_arg import PlainXComArg
        from airflow.utils.task_group import TaskGroup

    with DAG("one", start_date=datetime(2024, 1, 1)) as dag:
        task = BaseOperator(task_id="one")
        group = TaskGroup("two")
    return {
        "BaseHook": BaseHook(),
        "BaseOperator": task,
        "Connection": Connection(conn_id="one"),
        "DAG": dag,
        "DagRun": DagRun,
        "TaskGroup": group,
        "TaskInstance": TaskInstance,
        "Variable": Variable,
        "XCom": XCom,
        "XComArg": PlainXComArg(task),
    }


def names(thing):
    """The public attributes; the fields of models of pydantic do not stand in their class."""
    fields = getattr(thing if isinstance(thing, type) else type(thing), "model_fields", {})
    models = {one for one in dir(thing) if one.startswith("model_")} if fields else set()
    return sorted({one for one in dir(thing) if one[0] != "_"} - models | set(fields))


def main():
    import airflow

    major = airflow.__version__.split(".")[0]
    known = json.loads(TARGET.read_text()) if TARGET.exists() else {}
    known[major] = {
        "airflow": airflow.__version__,
        "names": {name: names(thing) for name, thing in objects().items()},
    }
    TARGET.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
