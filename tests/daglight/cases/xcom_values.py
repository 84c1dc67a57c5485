import enum
import uuid
from collections import namedtuple
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path

from airflow import DAG
from airflow.operators.python import PythonOperator

Pair = namedtuple("Pair", "a b")


class Color(enum.Enum):
    RED = "red"


class Text(str, enum.Enum):
    A = "a"


@dataclass
class Point:
    x: int


class Thing:
    pass


VALUES = {
    "zero": 0,
    "false": False,
    "empty": "",
    "none": None,
    "float": 1.5,
    "nan": float("nan"),
    "list": [1, [2]],
    "tuple": (1, 2),
    "set": {1},
    "frozenset": frozenset([1]),
    "int_keys": {1: "a"},
    "none_key": {None: 1},
    "datetime": datetime(2024, 1, 2, 3, tzinfo=timezone.utc),
    "naive": datetime(2024, 1, 2, 3),
    "date": date(2024, 1, 2),
    "time": time(1, 2),
    "timedelta": timedelta(hours=1),
    "decimal": Decimal("1.50"),
    "bytes": b"x",
    "uuid": uuid.UUID(int=1),
    "path": Path("/x"),
    "enum": Color.RED,
    "str_enum": Text.A,
    "namedtuple": Pair(1, 2),
    "thing": Thing(),
    "function": len,
    "generator": iter([1]),
    "nested_bytes": {"a": [b"x"]},
    "big": 2**70,
    "complex": 1j,
}

with DAG("xcom_values", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    for name, value in VALUES.items():
        a = PythonOperator(task_id=name, python_callable=lambda name=name: VALUES[name])
        a >> PythonOperator(
            task_id=f"type_of_{name}",
            python_callable=lambda ti, name=name: type(ti.xcom_pull(task_ids=name)).__name__,
        )
