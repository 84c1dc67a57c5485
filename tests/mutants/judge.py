"""Verifies mutants: each is rejected when its DAG is not equal to it."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dagferry.graph.families import family_of
from dagferry.parity import DagReport, VerifyOptions, verify
from dagferry.parity.both_sides import Folders, run_airflow
from dagferry.parity.manifest import Subject, read_subjects
from dagferry.parity.one_dag import verify_dag
from dagferry.parity.side import Recorded
from generate import Mutant
from units import Unit

EQUAL = "equal"


@dataclass(frozen=True)
class Judged:
    """A mutant and what `verify` says of it; `told` is the first thing that it names."""

    mutant: Mutant
    verdict: str
    told: str = ""

    @property
    def survived(self) -> bool:
        """Whether nothing was said against it."""
        return self.verdict == EQUAL


class KeptRuns:
    """Runs a DAG once for every set of options, and once more when it is asked again by one comparison.

    `verify` asks again to see what the DAG itself does not repeat.
    """

    def __init__(self, kept: dict[tuple[object, ...], Recorded]) -> None:
        self._kept, self._asked = kept, Counter[tuple[object, ...]]()

    def __call__(self, subject: Subject, folders: Folders, options: VerifyOptions) -> Recorded:
        variables = options.variables.read_text("utf-8") if options.variables else None
        injected = json.dumps(list(options.inject), sort_keys=True, default=dict)
        around = frozenset(options.environment.items())
        key = (subject.dag_id, subject.path, options.logical_date, injected, variables, around)
        self._asked[key] += 1
        numbered = (*key, self._asked[key])
        if numbered not in self._kept:
            self._kept[numbered] = run_airflow(subject, folders, options)
        return self._kept[numbered]


class Judge:
    """Judges the mutants of one unit; `options` are those of started engines."""

    def __init__(self, unit: Unit, options: VerifyOptions) -> None:
        self.unit = unit
        self.options = replace(options, stop_early=True)
        self._kept: dict[tuple[object, ...], Recorded] = {}
        self._subjects = _subjects(unit, options)
        self._files_of_others: set[str] = set()

    def left_out(self) -> list[str]:
        """The DAGs whose right flow is not equal; they take no part any more."""
        found = []
        for subject in self._subjects:
            report = self._report(subject, self.unit.flows)
            if report.verdict != EQUAL:
                found.append(subject.dag_id)
        self._files_of_others = {one.output for one in self._subjects if one.dag_id in found}
        self._subjects = [one for one in self._subjects if one.dag_id not in found]
        return found

    def concerns_a_dag(self, mutant: Mutant) -> bool:
        """Whether there is a DAG that can be verified against it."""
        return bool(self._concerned(mutant))

    def judged(self, mutant: Mutant) -> Judged:
        """Verify the flows of the mutant's file, until one is not equal."""
        with tempfile.TemporaryDirectory(prefix="dagferry-mutant-") as folder:
            flows = Path(folder) / "flows"
            shutil.copytree(self.unit.flows, flows)
            (flows / mutant.path).write_text(mutant.text, "utf-8")
            for subject in self._concerned(mutant):
                report = self._report(subject, flows)
                if report.verdict != EQUAL:
                    return Judged(mutant, report.verdict, told(report))
        return Judged(mutant, EQUAL)

    def _concerned(self, mutant: Mutant) -> Sequence[Subject]:
        """The DAG whose flow it is in; else those of the file; of a module beside them, all.

        None where one of these DAGs takes no part: it may be the only one that the change is for.
        """
        known = read_subjects(self.unit.manifest)
        file, _, flow = (mutant.entrypoint or f"{mutant.path}:{mutant.where}").partition(":")
        flow = flow.partition(".")[0]
        own = {one.dag_id for one in known if one.output == file and flow_of(one) == flow}
        files = {one.output for one in known}
        unsure = self._files_of_others if file not in files else self._files_of_others & {file}
        if unsure and not own:
            return []
        return [
            one
            for one in self._subjects
            if (one.dag_id in own if own else one.output == file or file not in files)
        ]

    def _report(self, subject: Subject, flows: Path) -> DagReport:
        roots = tuple(root for root in self.unit.manifest.get("roots", ()) if root != ".")
        folders = Folders(self.unit.dags, flows, roots)
        return verify_dag(subject, folders, self.options, KeptRuns(self._kept))


def flow_of(subject: Subject) -> str:
    """The name of the function that a DAG became."""
    return (subject.flow or subject.dag_id).replace("-", "_")


def _subjects(unit: Unit, options: VerifyOptions) -> list[Subject]:
    """Every DAG, those of factories by the ids that running them gives."""
    known = read_subjects(unit.manifest)
    if not any(one.family for one in known):
        return list(known)
    families = [one.dag_id for one in known if one.family]
    report = verify(unit.dags, unit.flows, unit.manifest, replace(options, scenarios=0))
    found = []
    for dag in report.dags:
        name = family_of(dag.dag_id, families)
        for one in known:
            if one.path == dag.path and one.dag_id == dag.dag_id:
                found.append(one)
                break
        else:
            found += [
                replace(one, dag_id=dag.dag_id, flow=None)
                for one in known
                if one.path == dag.path and one.dag_id == name
            ]
    return found


def told(report: DagReport) -> str:
    """The first thing that a report names."""
    if report.reason:
        return report.reason
    runs = [("", report.checks), *((one.name, one.checks) for one in report.scenarios.reports)]
    for name, checks in runs:
        for check in checks:
            if check.verdict == "different":
                return f"{name}: {check.check}" if name else check.check
    return "not checked"
