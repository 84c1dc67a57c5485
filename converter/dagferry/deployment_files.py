"""What `requirements.txt` and `prefect.yaml` say of a folder of flows."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from dagferry.emission.deployments import Deployment
from dagferry.model.dag import DeploymentFacts
from dagferry.report.records import DagRecord, FileRecord
from dagferry.source.discover import Input
from dagferry.source.requirements import requirements, third_party


def packages(
    records: list[FileRecord],
    outputs: dict[str, bytes],
    input: Input,  # noqa: A002
    roots: Collection[str],
) -> str | None:
    """The requirements of the flows and of what they import from the folder."""
    starts = {path for r in records for dag in r.dags for path in (r.path, dag.output)}
    needed = input.layout.reaches(sorted(starts)) & set(outputs)
    texts = {path: outputs[path].decode("utf-8", "replace") for path in needed}
    own = {*input.layout.top_names, *roots}
    return requirements(third_party(texts, own, needed))


def deployments(
    records: list[FileRecord], known: Mapping[tuple[str, str], DeploymentFacts]
) -> list[Deployment]:
    """The deployments of the flows of DAGs, in the order of the records."""
    return [
        Deployment(
            dag.dag_id,
            dag.output,
            dag.flow,
            known[(dag.dag_id, record.path)],
            stub=_is_stub(dag),
        )
        for record in records
        for dag in record.dags
        if dag.flow is not None and not dag.family
    ]


def _is_stub(dag: DagRecord) -> bool:
    """Whether nothing of a DAG runs: a schedule would only make runs that fail."""
    return dag.form == "stub" or (
        bool(dag.tasks) and all(task.grade == "manual" for task in dag.tasks)
    )
