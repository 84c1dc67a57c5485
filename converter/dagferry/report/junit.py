"""Records as JUnit XML: a test for each DAG, which fails where a required finding is about it.

https://github.com/testmoapp/junitxml
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree import ElementTree

from dagferry.findings import ADVISORY
from dagferry.report.causes import Attribution, Touched
from dagferry.report.records import FileRecord


def junit(files: Sequence[FileRecord]) -> str:
    """The document: a suite for each file; what is about no DAG is a test of its own."""
    attribution = Attribution(files)
    root = ElementTree.Element("testsuites", name="dagferry")
    for file in files:
        suite = ElementTree.SubElement(root, "testsuite", name=file.path)
        for at, dag in enumerate(file.dags):
            _test(suite, dag.dag_id, file.path, attribution.of_dag((file.path, at)))
        own = [one for one in attribution.touched if one.path == file.path and not one.dags]
        if own or file.status == "unreadable":
            _test(suite, file.path, file.path, own)
        if not len(suite):
            root.remove(suite)
            continue
        suite.set("tests", str(len(suite)))
        suite.set("failures", str(len(suite.findall("testcase/failure"))))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True)


def _test(suite: ElementTree.Element, name: str, path: str, about: Iterable[Touched]) -> None:
    test = ElementTree.SubElement(suite, "testcase", name=name, classname=path)
    required = [one for one in about if one.finding.severity != ADVISORY]
    if required:
        first = required[0].finding
        failure = ElementTree.SubElement(test, "failure", message=f"{first.code} {first.message}")
        failure.text = "\n".join(map(_told, required))


def _told(one: Touched) -> str:
    finding = one.finding
    return f"{one.path}:{finding.line}:{finding.column}: {finding.code} {finding.message}"
