"""Every argument of every call, and every edge, is used, carried or named: it never just vanishes."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from case_book import Converted, cases, convert_texts
from dagferry.pipeline import Conversion
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from known_arguments import SAY_NOTHING, SIGNATURES, value_of

OPERATORS = {"BashOperator", "PythonOperator", "EmptyOperator"}
deterministic = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def texts(conversion: Conversion) -> dict[str, bytes]:
    """What was written, without the record of the conversion itself."""
    return {path: data for path, data in conversion.outputs.items() if path != "dagferry.json"}


def xcoms(conversion: Conversion) -> list[object]:
    """Where the manifest says that values are, which `verify` compares."""
    dags = [dag for record in conversion.files for dag in record.dags]
    return [(task.task_id, task.xcoms) for dag in dags for task in dag.tasks]


def messages(conversion: Conversion) -> list[str]:
    return [f.message for record in conversion.files for f in record.findings]


def is_told(name: str, before: Conversion, after: Conversion) -> bool:
    """Whether the output changed, or a finding names the argument."""
    used = texts(before) != texts(after) or xcoms(before) != xcoms(after)
    return used or any(f"`{name}" in said for said in messages(after))


# Arguments that Airflow knows, one at a time.

HEADS = {
    "2.11.2": """\
from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator
""",
    "3.3.2": """\
from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG, task
""",
}
BODY = """

def show(*args, **kwargs):
    return {{"shown": len(args)}}


@task{options}
def decorated(*args, **kwargs):
    return {{"shown": len(args)}}


with DAG("known", start_date=datetime(2024, 1, 1), schedule=None, catchup=False{defaults}) as dag:
    {call}
"""
CALLS = {
    "BashOperator": 'BashOperator(task_id="known", bash_command="echo known"{more})',
    "PythonOperator": 'PythonOperator(task_id="known", python_callable=show{more})',
    "EmptyOperator": 'EmptyOperator(task_id="known"{more})',
    "task": "decorated()",
}
OWN = {"bash_command", "python_callable", "op_args", "op_kwargs", "task_id", "default_args"}


def written(version: str, kind: str, name: str | None, *, by_default: bool = False) -> str:
    given = f"{name}={value_of(name)}" if name else ""
    default = f', default_args={{"{name}": {value_of(name)}}}' if name and by_default else ""
    more = f", {given}" if name and not by_default else ""
    options = f"({given})" if name and kind == "task" and not by_default else ""
    call = CALLS[kind].format(more=more)
    return HEADS[version] + BODY.format(options=options, defaults=default, call=call)


KNOWN = [
    (version, kind, by_default)
    for version in SIGNATURES
    for kind in CALLS
    for by_default in (False, True)
]


@pytest.mark.parametrize(("version", "kind", "by_default"), KNOWN)
def test_every_argument_that_airflow_knows_is_used_or_told(tmp_path, version, kind, by_default):
    names = SIGNATURES[version]["PythonOperator" if kind == "task" else kind]
    plain = convert_texts(tmp_path / "plain", {"known.py": written(version, kind, None)})
    assert messages(plain) == []
    vanished = []
    for name in names:
        if name == "start_date" and by_default:
            continue  # that of the DAG, which is told with its schedule
        if name in SAY_NOTHING or (name in OWN and (by_default or name in CALLS[kind])):
            continue
        if kind == "task" and name in OWN:
            continue
        text = written(version, kind, name, by_default=by_default)
        after = convert_texts(tmp_path / name, {"known.py": text})
        if not is_told(name, plain, after):
            vanished.append(name)
    assert vanished == []


def test_the_signatures_are_of_both_versions():
    assert [version.partition(".")[0] for version in SIGNATURES] == ["2", "3"]
    assert all({*OPERATORS, "BaseOperator", "DAG"} <= {*kinds} for kinds in SIGNATURES.values())


# The same, and what is taken away, at random places of the cases.


@dataclass(frozen=True)
class Change:
    """A file of a case with one thing changed; `name` is the argument that it is about."""

    case: int
    path: str
    start: int
    end: int
    text: str
    name: str


def offsets(text: str, node: ast.AST) -> tuple[int, int]:
    lines = text.splitlines(keepends=True)

    def place(line: int, column: int) -> int:
        return sum(map(len, lines[: line - 1])) + len(lines[line - 1].encode()[:column].decode())

    return place(node.lineno, node.col_offset), place(node.end_lineno, node.end_col_offset)


def operator_calls() -> Iterator[tuple[int, str, str, ast.Call]]:
    for number, case in enumerate(cases()):
        for path, text in case.before.items():
            if not path.endswith(".py") or "airflow" not in text or case.grade is None:
                continue
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call) and called(node) in OPERATORS:
                    yield number, path, text, node


def called(node: ast.Call) -> str:
    return ast.unparse(node.func).rpartition(".")[2]


def added() -> Iterator[Change]:
    """A known argument more at every call of an operator."""
    for position, (number, path, text, node) in enumerate(operator_calls()):
        names = [
            n for n in SIGNATURES["2.11.2"][called(node)] if n not in SAY_NOTHING | {"dag": ""}
        ]
        present = {keyword.arg for keyword in node.keywords}
        name = names[position * 7 % len(names)]
        if name in present | OWN or None in present:
            continue
        _, end = offsets(text, node)
        inner = text[: end - 1].rstrip()
        comma = "" if inner.endswith((",", "(")) else ","
        yield Change(number, path, len(inner), end - 1, f"{comma} {name}={value_of(name)}", name)


def taken_away() -> Iterator[Change]:
    """Every keyword argument of an operator, and every string or number of one changed."""
    for number, path, text, node in operator_calls():
        for keyword in node.keywords:
            if keyword.arg is None or keyword.arg in SAY_NOTHING:
                continue
            value = keyword.value
            start, end = offsets(text, value)
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
                yield Change(number, path, start, end, repr(f"{value.value}9"), keyword.arg)
            elif isinstance(value, ast.Constant) and type(value.value) is int:
                yield Change(number, path, start, end, str(value.value + 1), keyword.arg)


ADDED, TAKEN_AWAY = list(added()), list(taken_away())


def changed(
    book: dict[str, Converted], folder: Path, change: Change
) -> tuple[Conversion, Conversion]:
    """The conversion of the case, and of the case with the change."""
    case = cases()[change.case]
    before = book.of(case)
    text = case.before[change.path]
    new = text[: change.start] + change.text + text[change.end :]
    ast.parse(new)
    place = folder / "changed"
    shutil.rmtree(place, ignore_errors=True)
    return before.conversion, convert_texts(place, {**case.before, change.path: new})


@deterministic
@given(change=st.sampled_from(ADDED))
def test_an_argument_more_changes_the_output_or_is_told(book, tmp_path, change):
    before, after = changed(book, tmp_path, change)
    assert is_told(change.name, before, after), f"{change} vanished"


@deterministic
@given(change=st.sampled_from(TAKEN_AWAY))
def test_another_value_changes_the_output_or_is_told(book, tmp_path, change):
    before, after = changed(book, tmp_path, change)
    assert is_told(change.name, before, after), f"{change} makes no difference"


# Edges.


def edges() -> Iterator[Change]:
    """Every statement that only draws edges between variables."""
    for number, case in enumerate(cases()):
        for path, text in case.before.items():
            if not path.endswith(".py") or case.grade is None:
                continue
            for node in ast.walk(ast.parse(text)):
                for body in (getattr(node, "body", None), getattr(node, "orelse", None)):
                    if isinstance(body, list) and len(body) > 1:
                        yield from (
                            Change(number, path, *offsets(text, one), "", "edge")
                            for one in body
                            if isinstance(one, ast.Expr) and only_edges(one.value)
                        )


def only_edges(node: ast.expr) -> bool:
    shifts = isinstance(node, ast.BinOp) and isinstance(node.op, (ast.RShift, ast.LShift))
    return shifts and not any(isinstance(one, ast.Call) for one in ast.walk(node))


def reachable(conversion: Conversion) -> dict[str, set[tuple[str, str]]]:
    """What comes before what, by DAG."""
    found = {}
    for record in conversion.files:
        for dag in record.dags:
            pairs = set(dag.edges)
            for _ in dag.tasks:
                pairs |= {(a, d) for a, b in pairs for c, d in pairs if b == c}
            found[dag.dag_id] = pairs
    return found


EDGES = list(edges())


@deterministic
@given(change=st.sampled_from(EDGES))
def test_an_edge_less_changes_the_output(book, tmp_path, change):
    before, after = changed(book, tmp_path, change)
    if reachable(before) != reachable(after):
        assert texts(before) != texts(after), f"{change} makes no difference"


def test_there_is_enough_to_change():
    assert len(ADDED) > 100
    assert len(TAKEN_AWAY) > 60
    assert len(EDGES) > 20
