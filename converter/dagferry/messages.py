"""The wording of findings: one template for each kind, with named subjects.

A stage says what it met with `found("missing name", line=3, name="airflow.x.Y")`. The sentence stands here
once, so that it can be read beside all others, and a test renders each with samples of what it may hold.

The seam: the refusals of `lowering/` and `constructs/` still bring a subject in words of their own and
become findings by `refused`. A kind of their own in `KINDS` replaces such a subject, one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dagferry.findings import ADVISORY, REQUIRED, Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How findings of one kind read. `{subjects}` are filled in by the caller.

    `cause` is what findings have in common that one mending would end; the summary groups by it. Where it is
    empty the message is the cause. `samples` are subjects that a test renders.
    """

    code: str
    message: str
    cause: str = ""
    hint: str = ""
    severity: str = REQUIRED
    samples: tuple[Mapping[str, str], ...] = (MappingProxyType({}),)


KINDS: Mapping[str, Kind] = {
    "syntax error": Kind(
        code="DF101",
        message="expected Python, found a syntax error: {reason}",
        cause="a file that is not Python",
        samples=({"reason": "invalid syntax\n    def f(:\n          ^"},),
    ),
    "not UTF-8": Kind(
        code="DF102",
        message="expected UTF-8, found byte 0x{byte} on line {line_number}",
        cause="a file that is not UTF-8",
        samples=({"byte": "ff", "line_number": "3"},),
    ),
    "another coding": Kind(
        code="DF102",
        message="expected UTF-8, found a coding comment that says {coding}, and more than ASCII",
        cause="a file that is not UTF-8",
        samples=({"coding": "latin-1"}, {"coding": "what Python does not know"}),
    ),
    "too large": Kind(
        code="DF103",
        message="expected at most {most} bytes, found {size}",
        cause="a file that is too large",
        samples=({"most": "2,000,000", "size": "2,000,001"},),
    ),
    "empty file": Kind(code="DF104", message="the file is empty", severity=ADVISORY),
    "unreadable": Kind(
        code="DF106",
        message="the file cannot be read: {reason}",
        cause="a file that cannot be read",
        samples=({"reason": "Permission denied"}, {"reason": "it is not a regular file"}),
    ),
    "same id": Kind(
        code="DF109",
        message="the DAG id `{dag_id}` is also used in {path}",
        cause="two DAGs with one id",
        samples=({"dag_id": "etl", "path": "a.py"},),
    ),
    "import root": Kind(
        code="DF115",
        message="modules are imported from the folder {root}, which has to be on the path of the flows",
        cause="modules imported from the folder {root}",
        hint="set PYTHONPATH to that folder of the output where the flows run",
        severity=ADVISORY,
        samples=({"root": "plugins"}, {"root": "team/dags"}),
    ),
    "ignore file": Kind(
        code="DF113",
        message="the files that it names are converted like all others",
        hint="leave them out of PATH, or delete what they became",
        severity=ADVISORY,
    ),
    "archive": Kind(
        code="DF114",
        message="the archive holds {inside}, which Airflow reads and this conversion does not",
        cause="an archive that holds Python files",
        hint="unpack it into the folder",
        samples=({"inside": "dags/etl.py"},),
    ),
    "schedule of computed ids": Kind(
        code="DF203",
        message="no deployment can hold the schedule of `{dag_id}`, whose id is computed",
        cause="the schedule of DAGs whose ids are computed",
        hint="write a deployment with its schedule for each of its flows in prefect.yaml",
        samples=({"dag_id": "etl_{name}"},),
    ),
    "no deployment": Kind(
        code="DF211",
        message="no deployment for `{dag_id}`: only a run knows its id, or no name holds its flow",
        cause="DAGs that get no deployment",
        hint="write a deployment for each of its flows in prefect.yaml",
        samples=({"dag_id": "etl_{name}"},),
    ),
    "context variable": Kind(
        code="DF405",
        message="no conversion for the context variable `{name}`: using it raises",
        cause="the context variable `{name}`",
        samples=({"name": "triggering_dataset_events"}, {"name": "inlets"}),
    ),
    "changing keys": Kind(
        code="DF408",
        message=(
            "`{function}` hands on a dict with keys that are not strings, from line {from_line}:"
            " Airflow turns them into strings, the flow does not"
        ),
        cause="dicts with keys that are not strings",
        severity=ADVISORY,
        samples=({"function": "count", "from_line": "12"},),
    ),
    "exit": Kind(
        code="DF409",
        message=(
            "`{function}` asks Python to end on line {on_line}: Airflow fails the task, in the flow"
            " it ends the run"
        ),
        cause="a task that ends the process",
        hint="raise an exception instead",
        samples=({"function": "load", "on_line": "7"},),
    ),
    "context part": Kind(
        code="DF410",
        message="no conversion for `{part}` in `{function}`: using it raises",
        cause="`{part}`",
        samples=({"part": "ti.hostname", "function": "load"},),
    ),
    "empty context part": Kind(
        code="DF410",
        message="`{part}` in `{function}` is None in a flow",
        cause="`{part}`",
        severity=ADVISORY,
        samples=({"part": "ti.log_url", "function": "load"},),
    ),
    "generator": Kind(
        code="DF411",
        message="no conversion for `{function}`, a generator: the flow raises",
        cause="a generator as the callable of a task",
        samples=({"function": "rows"},),
    ),
    "unserializable": Kind(
        code="DF414",
        message=(
            "`{function}` hands on {what} on line {on_line}, which Airflow cannot store: the task"
            " fails there, in the flow it succeeds"
        ),
        cause="results that Airflow cannot store",
        severity=ADVISORY,
        samples=(
            {"function": "load", "what": "a set", "on_line": "3"},
            {"function": "load", "what": "a generator", "on_line": "3"},
        ),
    ),
    "task graph": Kind(
        code="DF502",
        message="`{dag_id}` is written as a TaskGraph: {reason}",
        cause="flows written as a TaskGraph",
        severity=ADVISORY,
        samples=({"dag_id": "etl", "reason": "it has the trigger rule all_done"},),
    ),
    "outside loop": Kind(
        code="DF507",
        message="how many tasks or DAGs the loop over `{name}` makes is not known: it is not in the folder",
        cause="loops over `{name}`, which is not in the folder",
        hint="name the folder that has it with --root, or count them yourself",
        samples=({"name": "acme.constants.COUNTRIES"},),
    ),
    "missing name": Kind(
        code="DF601",
        message="no conversion for `{name}`: using it raises NotImplementedError",
        cause="`{name}`",
        samples=({"name": "airflow.providers.amazon.aws.hooks.s3.S3Hook"},),
    ),
}


def found(
    kind: str,
    *,
    line: int = 1,
    column: int = 1,
    task_id: str | None = None,
    construct: str | None = None,
    **subjects: object,
) -> Finding:
    """A finding of a kind. Raises KeyError for a kind that is not there, or a subject that is not given."""
    wording = KINDS[kind]
    return Finding(
        code=wording.code,
        message=wording.message.format(**subjects),
        hint=wording.hint.format(**subjects),
        severity=wording.severity,
        cause=wording.cause.format(**subjects),
        line=line,
        column=column,
        task_id=task_id,
        construct=construct,
    )


def refused(
    code: str,
    subject: str,
    whole: str,
    *,
    hint: str = "",
    line: int = 1,
    column: int = 1,
    task_id: str | None = None,
    construct: str | None = None,
) -> Finding:
    """A refusal as a finding: `whole`, the `task` or the `flow`, is a stub. The subject is a noun phrase."""
    subject = subject.rstrip(",")
    return Finding(
        code=code,
        message=f"no conversion for {subject}: the {whole} is a stub that raises",
        hint=hint,
        cause=subject,
        stub=True,
        line=line,
        column=column,
        task_id=task_id,
        construct=construct,
    )
