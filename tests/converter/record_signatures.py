"""Records the arguments of operators and decorators of an Airflow; run it with that environment's Python.

    PYTHON tests/converter/record_signatures.py converter/dagferry/constructs/signatures.json

The file holds, by version and name, the arguments in order, those of the base class among them.
"""

from __future__ import annotations

import inspect
import json
import sys
from pathlib import Path

import airflow

if airflow.__version__.startswith("2"):
    from airflow.decorators import dag
    from airflow.models.baseoperator import BaseOperator
    from airflow.models.dag import DAG
    from airflow.operators.bash import BashOperator
    from airflow.operators.empty import EmptyOperator
    from airflow.operators.python import (
        BranchPythonOperator,
        PythonOperator,
        ShortCircuitOperator,
    )
    from airflow.sensors.python import PythonSensor
else:
    from airflow.providers.standard.operators.bash import BashOperator
    from airflow.providers.standard.operators.empty import EmptyOperator
    from airflow.providers.standard.operators.python import (
        BranchPythonOperator,
        PythonOperator,
        ShortCircuitOperator,
    )
    from airflow.providers.standard.sensors.python import PythonSensor
    from airflow.sdk import DAG, BaseOperator, dag


KINDS = (
    BaseOperator,
    BashOperator,
    BranchPythonOperator,
    EmptyOperator,
    PythonOperator,
    PythonSensor,
    ShortCircuitOperator,
)


def named(function: object) -> list[str]:
    """The arguments that a call can name."""
    found = inspect.signature(inspect.unwrap(function)).parameters.values()
    return [one.name for one in found if one.kind not in (one.VAR_KEYWORD, one.VAR_POSITIONAL)]


def arguments(kind: type) -> list[str]:
    """Those of a class and of its bases, without `self`."""
    found: list[str] = []
    for one in kind.__mro__:
        if "__init__" in vars(one) and one is not object and one.__module__ != "abc":
            found += [name for name in named(vars(one)["__init__"]) if name != "self"]
        if one is BaseOperator:
            break
    return list(dict.fromkeys(found))


def record() -> dict[str, list[str]]:
    found = {kind.__name__: arguments(kind) for kind in KINDS}
    return {**found, "DAG": [n for n in named(DAG.__init__) if n != "self"], "dag": named(dag)}


if __name__ == "__main__":
    path = Path(sys.argv[1])
    kept = json.loads(path.read_text()) if path.exists() else {}
    kept[airflow.__version__] = record()
    path.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n")
