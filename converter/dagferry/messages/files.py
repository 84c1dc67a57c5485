"""Findings about files and about names of modules."""

from __future__ import annotations

from collections.abc import Mapping

from dagferry.findings import ADVISORY
from dagferry.messages.kinds import Kind

FILES: Mapping[str, Kind] = {
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
    "empty file": Kind(
        code="DF104", message="the file is empty", cause="empty files", severity=ADVISORY
    ),
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
        cause="`.airflowignore`",
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
    "file without the word": Kind(
        code="DF116",
        message=(
            "the file makes DAGs and does not hold the word `airflow`: in its safe mode, which is the"
            " default, Airflow does not open it"
        ),
        cause="files that Airflow's safe mode passes over",
        hint="if Airflow runs these DAGs, ignore this; else do not deploy their flows",
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
    "star import": Kind(
        code="DF110",
        message="`from {module} import *`: only names that dagferry knows are followed",
        cause="`from {module} import *`",
        hint="import the names that the file uses",
        samples=({"module": "airflow.operators"},),
    ),
    "broken import": Kind(
        code="DF602",
        message=(
            "{used} is used when the module is imported, and has no conversion; the flows of this file"
            " cannot be loaded before that is mended"
        ),
        cause="{name}, used when the module is imported",
        stub=True,
        samples=({"used": "`airflow.settings` on line 3", "name": "`airflow.settings`"},),
    ),
    "environment variable": Kind(
        code="DF603",
        message="`{name}` is an environment variable that nothing sets in a flow",
        cause="the environment variable `{name}`",
        hint="use a template, a param or an argument",
        samples=({"name": "AIRFLOW_CTX_DAG_ID"},),
    ),
    "renamed variable": Kind(
        code="DF210",
        message="Prefect keeps the variable `{key}` under the name `{name}`",
        cause="variables with names that Prefect does not take",
        hint="store its value with `prefect variable set {name} VALUE`",
        severity=ADVISORY,
        samples=({"key": "API_KEY", "name": "api_key"},),
    ),
}
