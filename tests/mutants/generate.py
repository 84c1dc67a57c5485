"""Makes every mutant of a flow file or of `prefect.yaml`, in one order.

What cannot change what a flow does is left alone by rule: docstrings, descriptions, comments, annotations,
the block under `if __name__ == "__main__"`, imports, and names of the module that nothing reads.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import libcst as cst
import libcst.matchers as m
import yaml
from libcst.metadata import MetadataWrapper, PositionProvider
from operators import OF_DEPLOYMENTS, OF_FLOWS
from operators.place import Place, text


@dataclass(frozen=True)
class Mutant:
    """A changed file; `where` is the function or the deployment, `shown` what was done there.

    `entrypoint`: for `prefect.yaml`, that of the right deployment, as `file.py:flow`.
    """

    unit: str
    path: str
    where: str
    operator: str
    shown: str
    line: int
    text: str
    number: int = 1
    entrypoint: str | None = None

    @property
    def id(self) -> str:
        """Its name, which does not change when lines are moved."""
        again = f" #{self.number}" if self.number > 1 else ""
        place = ":".join(part for part in (self.unit, self.path, self.where) if part)
        return f"{place}: {self.operator}: {self.shown}{again}"


def mutants_of(unit: str, path: str, source: str, others: Collection[str] = ()) -> list[Mutant]:
    """All of one file that can be read again, each text once; `others`: texts that may import it."""
    if path.endswith(".yaml"):
        made = _of_deployments(unit, path, source)
    else:
        made = _of_flow(unit, path, source, others)
    return list(_numbered(one for one in made if one.text != source and _compiles(one)))


def _numbered(made: Iterator[Mutant]) -> Iterator[Mutant]:
    names: Counter[str] = Counter()
    texts = set()
    for one in made:
        if one.text in texts:
            continue
        texts.add(one.text)
        names[one.id] += 1
        yield Mutant(**{**vars(one), "number": names[one.id]})


def _compiles(mutant: Mutant) -> bool:
    if mutant.path.endswith(".yaml"):
        return True
    try:
        compile(mutant.text, mutant.path, "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


def _of_flow(unit: str, path: str, source: str, others: Collection[str]) -> Iterator[Mutant]:
    wrapper = MetadataWrapper(cst.parse_module(source))
    lines = wrapper.resolve(PositionProvider)
    for place in _places(wrapper.module, (), unread(wrapper.module, others)):
        for operator in OF_FLOWS:
            for change in operator.changes(place):
                changed = wrapper.module.deep_replace(change.old, change.new)
                assert isinstance(changed, cst.Module)
                line = lines[place.node].start.line
                where = _scope(place)
                yield Mutant(unit, path, where, operator.NAME, change.shown, line, changed.code)


def _places(
    node: cst.CSTNode, around: tuple[cst.CSTNode, ...], unread_names: Collection[str]
) -> Iterator[Place]:
    """Every node that an operator may change, from the top of the file to its end."""
    place = Place(node, around)
    if _is_left_alone(place) or _assigned(node) in unread_names:
        return
    yield place
    for child in node.children:
        yield from _places(child, (*around, node), unread_names)


def _is_left_alone(place: Place) -> bool:
    match place.node:
        case cst.SimpleStatementLine(body=[cst.AnnAssign(value=None)]):
            return True
        case cst.Annotation() | cst.Import() | cst.ImportFrom() | cst.Comment():
            return True
        case cst.If(test=cst.Comparison(left=cst.Name("__name__"))):
            return True
        case cst.Arg(keyword=cst.Name("description")):
            return True
        case cst.SimpleStatementLine(
            body=[cst.Expr(cst.SimpleString() | cst.ConcatenatedString())]
        ):
            return True
    return False


def unread(tree: cst.Module, texts: Collection[str]) -> set[str]:
    """Names that the module binds once and reads nowhere, and that none of the texts mentions."""
    names = {name for line in tree.body if (name := _assigned(line)) is not None}
    used = Counter(one.value for one in m.findall(tree, m.Name()) if isinstance(one, cst.Name))
    return {
        name
        for name in names
        if used[name] == 1 and not any(re.search(rf"\b{re.escape(name)}\b", one) for one in texts)
    }


def _assigned(node: cst.CSTNode) -> str | None:
    """The name that a statement binds, where it binds one and does no more."""
    match node:
        case cst.SimpleStatementLine(
            body=[cst.Assign(targets=[cst.AssignTarget(target=cst.Name(name))])]
        ):
            return name
    return None


def _scope(place: Place) -> str:
    around = (*place.around, place.node)
    named = [one.name.value for one in around if isinstance(one, (cst.FunctionDef, cst.ClassDef))]
    return ".".join(named)


def _of_deployments(unit: str, path: str, source: str) -> Iterator[Mutant]:
    document = yaml.safe_load(source)
    deployments = document["deployments"]
    for at, deployment in enumerate(deployments):
        file = str(deployment.get("entrypoint", ""))
        line = _line_of(source, str(deployment["name"]))
        for operator in OF_DEPLOYMENTS:
            for shown, changed in operator.settings(deployment):
                others = [*deployments[:at], changed, *deployments[at + 1 :]]
                text_ = yaml.safe_dump({**document, "deployments": others}, sort_keys=False)
                name, what = str(deployment["name"]), operator.NAME
                yield Mutant(unit, path, name, what, shown, line, text_, entrypoint=file)
        others = [*deployments[:at], *deployments[at + 1 :]]
        text_ = yaml.safe_dump({**document, "deployments": others}, sort_keys=False)
        what, name = "drop a setting", str(deployment["name"])
        yield Mutant(unit, path, name, what, "the deployment", line, text_, entrypoint=file)


def _line_of(source: str, name: str) -> int:
    lines = source.splitlines()
    return next((at for at, one in enumerate(lines, 1) if one.strip() == f"- name: {name}"), 1)


__all__ = ["Mutant", "mutants_of", "text", "unread"]
