"""What a function raises is caught and forgotten.

Only where something raises that a run can come to: in a function with a `raise`, and in a flow that calls its
tasks. Around the body of any other function it changes nothing with the data of the run.
"""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst
import libcst.matchers as m

from operators.place import Change, Place, is_flow

NAME = "swallow an exception"


def changes(place: Place) -> Iterator[Change]:
    """The body of the function in a `try` whose handler does nothing; a docstring stays before it."""
    node = place.node
    if not isinstance(node, cst.FunctionDef) or not isinstance(node.body, cst.IndentedBlock):
        return
    if not m.findall(node.body, m.Raise()) and not (is_flow(node) and _calls_tasks(node)):
        return
    docstring = [node.body.body[0]] if node.get_docstring() is not None else []
    body = [*docstring, _try(node.body.body[len(docstring) :])]
    changed = node.with_changes(body=node.body.with_changes(body=body))
    yield Change(node, changed, f"in {node.name.value}")


def _calls_tasks(flow: cst.FunctionDef) -> bool:
    """Whether it does not leave its tasks to a graph or to `submit`, which keep what they raise."""
    submits = m.Attribute(attr=m.Name("submit")) | m.Name("TaskGraph")
    return not m.findall(flow.body, submits)


def _try(inside: list[cst.BaseStatement]) -> cst.Try:
    handler = cst.ExceptHandler(
        cst.IndentedBlock([cst.SimpleStatementLine([cst.Pass()])]), cst.Name("Exception")
    )
    return cst.Try(cst.IndentedBlock(inside), [handler])
