"""What must hold for every case, whatever it is about."""

from __future__ import annotations

import ast
import difflib
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from case_book import WrittenCase, cases, cases_of, convert_texts
from dagferry.constructs._registry import constructs
from dagferry.lowering.project import lower_project
from dagferry.model.codec import from_json, to_json
from dagferry.model.project import Project
from dagferry.parity import VerifyOptions, verify
from dagferry.parity.compare import verdict
from dagferry.pipeline import emit_project
from dagferry.plan.model_index import ModelIndex
from dagferry.plan.project import plan_project
from dagferry.source.discover import read_input
from on_flowlight import run_on_flowlight
from real_prefect import Job

RUFF = Path(sys.executable).with_name("ruff")
every_case = pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
MARK = "ledger_mark"


def compared(expected: dict[str, str], found: dict[str, str]) -> str:
    """A unified diff of two folders."""
    lines: list[str] = []
    for path in sorted({*expected, *found}):
        old, new = expected.get(path, "").splitlines(), found.get(path, "").splitlines()
        lines += difflib.unified_diff(old, new, f"expected/{path}", f"found/{path}", lineterm="")
    return "\n".join(lines)


@every_case
def test_the_output_is_the_text_that_the_case_shows(book, case):
    found = book.of(case).texts
    for path in ("prefect.yaml", "requirements.txt"):
        if path not in case.after:
            found.pop(path, None)
    assert found == case.after, "\n" + compared(case.after, found)


@every_case
def test_findings_and_grade_are_those_of_the_case(book, case):
    converted = book.of(case)
    assert converted.findings == case.findings
    assert converted.grade == case.grade


@every_case
def test_the_output_compiles(book, case):
    for path, text in book.of(case).texts.items():
        if path.endswith(".py"):
            compile(text, path, "exec")


@every_case
def test_the_output_of_clean_code_is_clean(book, case):
    converted = book.of(case)
    if not complaints(converted.before):
        assert complaints(converted.after) == ""


def complaints(folder: Path) -> str:
    """What ruff says with its own settings."""
    commands = (["check", "--output-format=concise", "--quiet"], ["format", "--diff", "--quiet"])
    found = ""
    for command in commands:
        arguments = [RUFF, *command, "--isolated", "--no-cache", "."]
        child = subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=False)
        found += child.stdout + child.stderr
    return found


@every_case
def test_a_converted_folder_is_left_alone(book, case):
    converted = book.of(case)
    again = convert_texts(converted.after, {})
    outputs = {path: data for path, data in again.outputs.items() if path in converted.case.after}
    assert outputs == {p: (converted.after / p).read_bytes() for p in outputs}
    assert not any(dag for record in again.files for dag in record.dags) or case.grade is None


@every_case
def test_the_model_survives_json(book, case):
    converted = book.of(case)
    lowered = lower_project(read_input([converted.before]), None)
    model = from_json(json.loads(json.dumps(to_json(lowered.project))))
    assert model == lowered.project
    assert emitted(model) == emitted(lowered.project)
    assert set(emitted(model)) == {module.path for module in lowered.project.modules}


def emitted(project: Project) -> dict[str, str]:
    index = ModelIndex(project)
    modules = emit_project(project, plan_project(project, index), index)
    return {path: module.text for path, module in modules.items()}


def test_the_same_bytes_under_two_hash_seeds():
    found = [digests(seed) for seed in ("1", "2")]
    assert found[0] == found[1]
    assert set(found[0]) == {case.id for case in cases()}


def digests(seed: str) -> dict[str, str]:
    script = Path(__file__).with_name("emit_twice.py")
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    child = subprocess.run(
        [sys.executable, script], env=environment, capture_output=True, text=True, check=True
    )
    return json.loads(child.stdout)


# The statement ledger.


@every_case
def test_the_statements_of_the_model_are_those_of_the_file(book, case):
    lowered = lower_project(read_input([book.of(case).before]), None)
    for module in lowered.project.modules:
        text = case.before[module.path]
        wanted = [node.end_lineno for node in ast.parse(text).body]
        found = [text.count("\n", 0, s.span.end) + 1 for s in module.statements]
        assert found == wanted, f"{module.path}: the statements do not partition the file"


@every_case
def test_kept_statements_stand_in_the_output(book, case):
    converted = book.of(case)
    lowered = lower_project(read_input([converted.before]), None)
    for module in lowered.project.modules:
        text = converted.texts[module.path]
        found = Counter(
            ast.unparse(node) for node in ast.walk(ast.parse(text)) if is_statement(node)
        )
        for statement in module.statements:
            source = module.text[statement.span.start : statement.span.end]
            span = statement.span
            # A call that makes a DAG becomes the flow itself, what has no conversion a stand-in.
            places = [*module.dag_calls, *(one.span for one in module.stand_ins)]
            made = any(span.start <= place.start < span.end for place in places)
            rewritten = made or any(word in source for word in ("airflow", "task_id", "dag_id"))
            if statement.kind == "kept" and not rewritten:
                assert found[ast.unparse(ast.parse(source))], f"{source!r} is gone"
            if statement.kind == "definition":
                node = ast.parse(source).body[0]
                assert node.name in defined(text), f"{node.name} is gone"


def is_statement(node: ast.AST) -> bool:
    return isinstance(node, ast.stmt)


def defined(text: str) -> set[str]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {node.name for node in ast.walk(ast.parse(text)) if isinstance(node, kinds)}


@every_case
def test_a_statement_more_is_a_statement_more(tmp_path, case):
    """Wherever a line is added at the top or in a DAG's block, it is in the output."""
    for number, (path, text) in enumerate(with_marks(case)):
        conversion = convert_texts(tmp_path / str(number), {**case.before, path: text})
        output = conversion.outputs[path].decode()
        assert output.count(MARK) >= 1, f"{path}: a statement vanished from\n{text}"


def with_marks(case: WrittenCase) -> list[tuple[str, str]]:
    found = []
    for path, text in case.before.items():
        if not path.endswith(".py"):
            continue
        lines = text.splitlines(keepends=True)
        tree = ast.parse(text)
        for node in tree.body:
            if not is_future(node):
                marked = [*lines[: node.end_lineno], f"{MARK} = 1\n", *lines[node.end_lineno :]]
                found.append((path, "".join(marked)))
        for node in ast.walk(tree):
            if isinstance(node, ast.With):
                last = node.body[-1]
                line = " " * last.col_offset + f"print({MARK!r})\n"
                marked = [*lines[: last.end_lineno], line, *lines[last.end_lineno :]]
                found.append((path, "".join(marked)))
    return found


def is_future(node: ast.stmt) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module == "__future__"
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


# The argument ledger.


@every_case
def test_an_argument_that_nobody_knows_is_a_finding(tmp_path, case):
    """Every call of Airflow's that makes a task or a DAG refuses a keyword that nobody asked for."""
    for number, (path, text) in enumerate(with_arguments(case)):
        conversion = convert_texts(tmp_path / str(number), {**case.before, path: text})
        messages = [f.message for record in conversion.files for f in record.findings]
        refused = case.grade == "manual"
        assert refused or any(MARK in message for message in messages), f"no finding for\n{text}"


def with_arguments(case: WrittenCase) -> list[tuple[str, str]]:
    found = []
    for path, text in case.before.items():
        if not path.endswith(".py") or case.grade is None:
            continue
        calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
        found += [(path, with_keyword(text, node)) for node in calls if makes_something(node)]
    return found


def makes_something(node: ast.Call) -> bool:
    names = {keyword.arg for keyword in node.keywords}
    return "task_id" in names or "start_date" in names


def with_keyword(text: str, node: ast.Call) -> str:
    lines = text.splitlines(keepends=True)
    offset = sum(len(line) for line in lines[: node.end_lineno - 1])
    end = offset + len(lines[node.end_lineno - 1].encode()[: node.end_col_offset].decode()) - 1
    inner = text[:end].rstrip()
    comma = "" if inner.endswith((",", "(")) else ","
    return f"{inner}{comma} {MARK}=1{text[end:]}"


# Behaviour.


@pytest.fixture(scope="session")
def verdicts(book):
    """The verdict on every DAG of every case, by case."""
    found = {}
    for case in cases():
        converted = book.of(case)
        if case.run and case.grade not in (None, "manual"):
            options = VerifyOptions(jobs=2, timeout=60)
            found[case.id] = verify(converted.before, converted.after, converted.manifest, options)
    return found


runnable = [case for case in cases() if case.run and case.grade not in (None, "manual")]
manual = [case for case in cases() if case.run and case.grade == "manual"]


@pytest.mark.parametrize("case", runnable, ids=lambda case: case.id)
def test_both_sides_do_the_same(verdicts, case):
    report = verdicts[case.id]
    assert report.dags, "nothing was compared"
    wrong = [
        f"{dag.dag_id}: {dag.verdict} {dag.reason or ''}\n"
        + "\n".join(f"  {c.check}: {c.detail}" for c in dag.checks if c.verdict != "equal")
        for dag in report.dags
        if verdict(dag.checks) != "equal" and not is_told(dag, case)
    ]
    assert not wrong, "\n".join(wrong)
    scenarios = [one for dag in report.dags for one in dag.scenarios.reports]
    found = {one.name: one.checks for one in scenarios if one.verdict != "equal"}
    assert set(found) == set(case.differs_when), found


def is_told(dag, case):
    """Whether nothing but its schedule was not checked, and findings of the case say why."""
    lacking = [one for one in dag.checks if one.verdict != "equal" and not one.vacuous]
    told = all(
        reason.partition(" ")[0] in case.findings for one in lacking for reason in one.reasons
    )
    return (
        verdict(dag.checks) == "incomplete"
        and {one.check for one in lacking} == {"schedule"}
        and told
    )


@pytest.fixture(scope="session")
def stub_traces(book):
    """What the flows do in which something has no conversion."""
    jobs = []
    for case in manual:
        converted = book.of(case)
        for record in converted.conversion.files:
            for dag in record.dags:
                file = converted.after / record.path
                jobs.append((case.id, Job(file, dag.flow, cwd=converted.after)))
    traces = run_on_flowlight([job for _, job in jobs])
    found: dict[str, list[dict]] = {}
    for (name, _), trace in zip(jobs, traces):
        found.setdefault(name, []).append(trace)
    return found


@pytest.mark.parametrize("case", manual, ids=lambda case: case.id)
def test_a_stub_raises_when_the_flow_runs(stub_traces, case):
    traces = stub_traces[case.id]
    assert traces
    told = json.dumps(traces)
    assert "NotImplementedError" in told or "(DF410)" in told
    assert all(trace["run"]["state"] == "failed" for trace in traces)


# The book itself.


def test_every_construct_has_a_docstring_and_cases():
    for construct in constructs().values():
        own = cases_of(construct.name)
        shown = [case.name for case in construct.cases]
        assert (sys.modules[type(construct).__module__].__doc__ or "").strip(), construct.name
        assert shown[:1] == ["smallest"], f"{construct.name}: its file shows no smallest case"
        assert len(own) >= 5, f"{construct.name} has {len(own)} cases"
        assert any(one.before == one.after for one in own), f"{construct.name}: nothing left alone"
        if construct.kind in {"operator", "decorator"}:
            assert any(one.grade == "manual" for one in own), f"{construct.name}: no refusal"


def test_ids_are_unique():
    names = Counter(case.module for case in cases())
    assert [name for name, count in names.items() if count > 1] == []
