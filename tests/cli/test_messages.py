"""The sentences of findings, rendered with samples of what they may hold."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import dagferry
import pytest
from dagferry.catalogue import pages
from dagferry.messages import KINDS, REFUSALS, found, reason, refused
from test_totals import every_folder, records

SOURCE = Path(dagferry.__file__).parent
RENDERED = [
    pytest.param(name, dict(sample), id=f"{name}-{number}")
    for name, kind in KINDS.items()
    for number, sample in enumerate(kind.samples)
]
FAULTS = {
    "an article that does not agree": re.compile(r"\b(a `?[aeioAEIO]|an `?[^aeiouAEIOU`\W])"),
    "a subject that was not filled in": re.compile(r"[{}]"),
    "two spaces": re.compile(r"\S  +\S"),
    "an end like a sentence's": re.compile(r"\.$"),
    "a capital at the start": re.compile(r"^(?!Airflow |Prefect )[A-Z][a-z]+\b"),
    "a comma before a colon": re.compile(r",:"),
}


def faults(text: str) -> list[str]:
    """Of the first line; what stands in backticks is code, and no English."""
    first = re.sub(r"`([^`]?)[^`]*`", r"`\1`", text.split("\n")[0])
    return [name for name, pattern in FAULTS.items() if pattern.search(first)]


@every_folder
def test_the_findings_of_every_case_read_well(folder):
    """Whoever made them: an article that does not agree was met for one value of a subject in ten."""
    found = [finding for record in records(folder) for finding in record.findings]
    wrong = {text: faults(text) for one in found for text in (one.message, one.cause, one.hint)}
    assert {text: names for text, names in wrong.items() if names} == {}


@pytest.mark.parametrize(("kind", "subjects"), RENDERED)
def test_every_kind_reads_well_with_its_samples(kind, subjects):
    finding = found(kind, **subjects)
    for text in (finding.message, finding.cause, finding.hint):
        assert faults(text.replace("{name}", "name")) == []
    assert finding.message


def subjects_of(*templates):
    parsed = (part for text in templates for part in string.Formatter().parse(text))
    return {field for _, field, _, _ in parsed if field}


@pytest.mark.parametrize("kind", KINDS)
def test_the_samples_name_every_subject(kind):
    wording = KINDS[kind]
    named = subjects_of(wording.message, wording.cause, wording.hint)
    assert all(set(sample) == named for sample in wording.samples)


@pytest.mark.parametrize("kind", REFUSALS)
def test_every_refusal_reads_well_with_its_samples(kind):
    wording = REFUSALS[kind]
    assert wording.code in pages()
    for sample in wording.samples:
        assert set(sample) == subjects_of(wording.subject, wording.cause)
        code, subject, cause = reason(kind, **sample)
        finding = refused(code, subject, "task", cause=cause)
        assert faults(finding.message) == faults(finding.cause) == []
        assert finding.cause
        assert ("," in subject) == subject.endswith(","), "an apposition ends in its comma"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_the_page_of_its_code(kind):
    assert KINDS[kind].code in pages()


@pytest.mark.parametrize(
    ("subject", "message"),
    [
        (
            "the argument `pool`",
            "no conversion for the argument `pool`: the task is a stub that raises",
        ),
        (
            "`params` that are computed",
            "no conversion for `params` that are computed: the task is a stub that raises",
        ),
        (
            "`rows`, a generator,",
            "no conversion for `rows`, a generator: the task is a stub that raises",
        ),
    ],
)
def test_a_refusal_reads_well_whatever_number_its_subject_has(subject, message):
    finding = refused("DF301", subject, "task")
    assert finding.message == message
    assert faults(finding.message) == []


def test_the_rules_find_what_they_are_for():
    assert faults("convert a `on_failure_callback` by hand") == ["an article that does not agree"]
    assert faults("no {name} here") == ["a subject that was not filled in"]
    assert faults("It ends.") == ["an end like a sentence's", "a capital at the start"]


def finding_makers():
    """The files of dagferry that call `Finding(...)`."""
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            match node:
                case ast.Call(func=ast.Name(id="Finding") | ast.Attribute(attr="Finding")):
                    yield file.relative_to(SOURCE).as_posix()


def test_findings_are_made_where_their_sentences_stand():
    """And where a crash becomes one, and where a report that was written is read."""
    assert set(finding_makers()) == {"findings.py", "messages/__init__.py", "report/records.py"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_what_its_findings_have_in_common(kind):
    assert KINDS[kind].cause


def refusal_makers():
    """The files of dagferry that give a code to a refusal themselves."""
    makers = {"Refused", "Unread", "Refusal", "refuse", "leave_to_run"}
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if not isinstance(node, ast.Call) or not isinstance(
                node.func, (ast.Name, ast.Attribute)
            ):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
            codes = [one for one in given if isinstance(one, ast.Constant)]
            if name in makers and any(str(one.value).startswith("DF") for one in codes):
                yield file.relative_to(SOURCE).parts


def test_only_constructs_word_refusals_of_their_own():
    """A construct is one file, its refusals among it; what several share stands in the messages."""
    assert {parts[0] for parts in refusal_makers()} == {"constructs"}
    assert not {parts[1] for parts in refusal_makers() if len(parts) == 2}
